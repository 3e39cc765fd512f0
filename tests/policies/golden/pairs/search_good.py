"""A search domain as it should be."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("search", enable_key_rotation=True)
    logs = aws.cloudwatch.LogGroup("search", name="/search", retention_in_days=400, kms_key_id=key.arn)
    group = aws.ec2.SecurityGroup("search", description="of the search")
    aws.opensearch.Domain(
        "main",
        engine_version="OpenSearch_2.17",
        cluster_config={
            "instance_type": "m6g.large.search",
            "instance_count": 3,
            "zone_awareness_enabled": True,
            "dedicated_master_enabled": True,
            "dedicated_master_count": 3,
            "dedicated_master_type": "m6g.large.search",
        },
        encrypt_at_rest={"enabled": True, "kms_key_id": key.key_id},
        node_to_node_encryption={"enabled": True},
        domain_endpoint_options={"enforce_https": True, "tls_security_policy": "Policy-Min-TLS-1-2-PFS-2023-10"},
        vpc_options={"security_group_ids": [group.id], "subnet_ids": ["subnet-1", "subnet-2", "subnet-3"]},
        advanced_security_options={"enabled": True, "internal_user_database_enabled": False},
        log_publishing_options=[
            {"log_type": "AUDIT_LOGS", "cloudwatch_log_group_arn": logs.arn, "enabled": True},
            {"log_type": "INDEX_SLOW_LOGS", "cloudwatch_log_group_arn": logs.arn},
        ],
    )


PLAN = plan(
    resource("aws_kms_key", "search", {"enable_key_rotation": True}),
    resource(
        "aws_cloudwatch_log_group",
        "search",
        {"name": "/search", "retention_in_days": 400, "kms_key_id": ref("aws_kms_key.search.arn")},
    ),
    resource("aws_security_group", "search", {"description": "of the search"}),
    resource(
        "aws_opensearch_domain",
        "main",
        {
            "engine_version": "OpenSearch_2.17",
            "cluster_config": [
                {
                    "instance_type": "m6g.large.search",
                    "instance_count": 3,
                    "zone_awareness_enabled": True,
                    "dedicated_master_enabled": True,
                    "dedicated_master_count": 3,
                    "dedicated_master_type": "m6g.large.search",
                }
            ],
            "encrypt_at_rest": [{"enabled": True, "kms_key_id": ref("aws_kms_key.search.key_id")}],
            "node_to_node_encryption": [{"enabled": True}],
            "domain_endpoint_options": [
                {"enforce_https": True, "tls_security_policy": "Policy-Min-TLS-1-2-PFS-2023-10"}
            ],
            "vpc_options": [
                {
                    "security_group_ids": ref("aws_security_group.search.id"),
                    "subnet_ids": ["subnet-1", "subnet-2", "subnet-3"],
                }
            ],
            "advanced_security_options": [{"enabled": True, "internal_user_database_enabled": False}],
            "log_publishing_options": [
                {
                    "log_type": "AUDIT_LOGS",
                    "cloudwatch_log_group_arn": ref("aws_cloudwatch_log_group.search.arn"),
                    "enabled": True,
                },
                {"log_type": "INDEX_SLOW_LOGS", "cloudwatch_log_group_arn": ref("aws_cloudwatch_log_group.search.arn")},
            ],
        },
    ),
)
