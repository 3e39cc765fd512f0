"""Search domains as they should not be, of the new kind and of the old."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, resource

POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "es:*", "Resource": "*"}]}
)


def program() -> None:
    """As a Pulumi program has it."""
    aws.opensearch.Domain("bare", engine_version="OpenSearch_2.17")
    aws.opensearch.Domain(
        "bad",
        engine_version="OpenSearch_1.0",
        cluster_config={"instance_count": 3, "dedicated_master_enabled": False},
        encrypt_at_rest={"enabled": False},
        node_to_node_encryption={"enabled": False},
        domain_endpoint_options={"enforce_https": False, "tls_security_policy": "Policy-Min-TLS-1-0-2019-07"},
        access_policies=POLICY,
    )
    aws.elasticsearch.Domain(
        "old",
        elasticsearch_version="7.10",
        cluster_config={"instance_count": 2, "dedicated_master_enabled": True, "dedicated_master_count": 3},
        encrypt_at_rest={"enabled": True},
        node_to_node_encryption={"enabled": True},
        domain_endpoint_options={"enforce_https": True, "tls_security_policy": "Policy-Min-TLS-1-2-2019-07"},
        advanced_security_options={"enabled": True},
        vpc_options={"subnet_ids": ["subnet-1"]},
        log_publishing_options=[
            {"log_type": "AUDIT_LOGS", "cloudwatch_log_group_arn": "arn:aws:logs:::log-group:x", "enabled": False}
        ],
    )
    aws.elasticsearch.Domain("oldest", elasticsearch_version="1.5", cluster_config={"instance_count": 1})


PLAN = plan(
    resource("aws_opensearch_domain", "bare", {"engine_version": "OpenSearch_2.17"}),
    resource(
        "aws_opensearch_domain",
        "bad",
        {
            "engine_version": "OpenSearch_1.0",
            "cluster_config": [{"instance_count": 3, "dedicated_master_enabled": False}],
            "encrypt_at_rest": [{"enabled": False}],
            "node_to_node_encryption": [{"enabled": False}],
            "domain_endpoint_options": [{"enforce_https": False, "tls_security_policy": "Policy-Min-TLS-1-0-2019-07"}],
            "access_policies": POLICY,
        },
    ),
    resource(
        "aws_elasticsearch_domain",
        "old",
        {
            "elasticsearch_version": "7.10",
            "cluster_config": [{"instance_count": 2, "dedicated_master_enabled": True, "dedicated_master_count": 3}],
            "encrypt_at_rest": [{"enabled": True}],
            "node_to_node_encryption": [{"enabled": True}],
            "domain_endpoint_options": [{"enforce_https": True, "tls_security_policy": "Policy-Min-TLS-1-2-2019-07"}],
            "advanced_security_options": [{"enabled": True}],
            "vpc_options": [{"subnet_ids": ["subnet-1"]}],
            "log_publishing_options": [
                {"log_type": "AUDIT_LOGS", "cloudwatch_log_group_arn": "arn:aws:logs:::log-group:x", "enabled": False}
            ],
        },
    ),
    resource(
        "aws_elasticsearch_domain",
        "oldest",
        {"elasticsearch_version": "1.5", "cluster_config": [{"instance_count": 1}]},
    ),
)
