"""A Terraform plan with much in it: resources that keep checks, that break them, and that hang together."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

#: In the plan where a password would be: it must be nowhere in what the scanner says, nor in what is kept.
PASSWORD = "correct-horse-battery"  # noqa: S105 - of no account

_EVERYONE = ["0.0.0.0/0"]
_ANYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
_READ = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::kept/*"]}
_ANYONE = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}
_LAMBDA = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}


def _policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


#: Type, name, values, and field -> the address that it is computed from.
_RESOURCES: tuple[tuple[str, str, dict[str, Any], dict[str, str]], ...] = (
    ("aws_s3_bucket", "kept", {"bucket": "kept", "tags": {"owner": "a"}}, {}),
    ("aws_s3_bucket", "open", {"bucket": "open"}, {}),
    (
        "aws_s3_bucket_versioning",
        "kept",
        {"versioning_configuration": [{"status": "Enabled"}]},
        {"bucket": "aws_s3_bucket.kept"},
    ),
    (
        "aws_s3_bucket_server_side_encryption_configuration",
        "kept",
        {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "aws:kms"}]}]},
        {"bucket": "aws_s3_bucket.kept"},
    ),
    (
        "aws_s3_bucket_public_access_block",
        "kept",
        {
            "block_public_acls": True,
            "block_public_policy": True,
            "ignore_public_acls": True,
            "restrict_public_buckets": True,
        },
        {"bucket": "aws_s3_bucket.kept"},
    ),
    ("aws_s3_bucket_acl", "open", {"acl": "private"}, {"bucket": "aws_s3_bucket.open"}),
    (
        "aws_s3_bucket_policy",
        "open",
        {"policy": _policy(_ANYTHING | {"Principal": "*"})},
        {"bucket": "aws_s3_bucket.open"},
    ),
    ("aws_kms_key", "kept", {"enable_key_rotation": True, "policy": _policy(_ANYTHING | {"Principal": "*"})}, {}),
    ("aws_kms_key", "still", {"enable_key_rotation": False}, {}),
    ("aws_iam_role", "anyone", {"assume_role_policy": _policy(_ANYONE)}, {}),
    ("aws_iam_role", "function", {"assume_role_policy": _policy(_LAMBDA)}, {}),
    ("aws_iam_policy", "read", {"policy": _policy(_READ)}, {}),
    ("aws_iam_policy", "all", {"policy": _policy(_ANYTHING)}, {}),
    ("aws_iam_user", "person", {"name": "person"}, {}),
    (
        "aws_iam_user_policy_attachment",
        "person",
        {"policy_arn": "arn:aws:iam::1:policy/x"},
        {"user": "aws_iam_user.person"},
    ),
    ("aws_vpc", "main", {"cidr_block": "10.0.0.0/16"}, {}),
    ("aws_default_security_group", "main", {"ingress": [], "egress": []}, {"vpc_id": "aws_vpc.main"}),
    ("aws_subnet", "main", {"map_public_ip_on_launch": True}, {"vpc_id": "aws_vpc.main"}),
    ("aws_flow_log", "main", {"traffic_type": "ALL"}, {"vpc_id": "aws_vpc.main"}),
    (
        "aws_security_group",
        "open",
        {
            "description": "open",
            "ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": _EVERYONE}],
            "egress": [{"from_port": 0, "to_port": 0, "protocol": "-1", "cidr_blocks": _EVERYONE}],
        },
        {"vpc_id": "aws_vpc.main"},
    ),
    ("aws_security_group", "closed", {"description": "closed", "ingress": []}, {"vpc_id": "aws_vpc.main"}),
    (
        "aws_security_group_rule",
        "remote",
        {"type": "ingress", "from_port": 3389, "to_port": 3389, "protocol": "tcp", "cidr_blocks": _EVERYONE},
        {"security_group_id": "aws_security_group.closed"},
    ),
    (
        "aws_db_instance",
        "open",
        {"engine": "postgres", "password": PASSWORD, "publicly_accessible": True, "storage_encrypted": False},
        {"vpc_security_group_ids": "aws_security_group.open"},
    ),
    (
        "aws_db_instance",
        "kept",
        {
            "engine": "postgres",
            "storage_encrypted": True,
            "multi_az": True,
            "deletion_protection": True,
            "backup_retention_period": 7,
            "iam_database_authentication_enabled": True,
            "copy_tags_to_snapshot": True,
            "enabled_cloudwatch_logs_exports": ["postgresql"],
        },
        {"vpc_security_group_ids": "aws_security_group.closed"},
    ),
    ("aws_elasticache_replication_group", "plain", {"at_rest_encryption_enabled": False, "description": "x"}, {}),
    ("aws_opensearch_domain", "plain", {"domain_name": "plain", "node_to_node_encryption": [{"enabled": False}]}, {}),
    ("aws_ecr_repository", "loose", {"image_tag_mutability": "MUTABLE"}, {}),
    (
        "aws_ecr_repository",
        "firm",
        {"image_tag_mutability": "IMMUTABLE", "image_scanning_configuration": [{"scan_on_push": True}]},
        {},
    ),
    (
        "aws_ecr_repository_policy",
        "loose",
        {"policy": _policy(_ANYTHING | {"Principal": "*"})},
        {"repository": "aws_ecr_repository.loose"},
    ),
    ("aws_secretsmanager_secret", "plain", {"name": "plain"}, {}),
    (
        "aws_secretsmanager_secret_version",
        "plain",
        {"secret_string": PASSWORD},
        {"secret_id": "aws_secretsmanager_secret.plain"},
    ),
    (
        "aws_lb",
        "plain",
        {"load_balancer_type": "application", "internal": False},
        {"security_groups": "aws_security_group.open"},
    ),
    (
        "aws_lb_listener",
        "plain",
        {"port": 80, "protocol": "HTTP", "default_action": [{"type": "forward"}]},
        {"load_balancer_arn": "aws_lb.plain"},
    ),
    ("aws_wafv2_web_acl", "plain", {"scope": "REGIONAL", "default_action": [{"allow": [{}]}]}, {}),
    (
        "aws_wafv2_web_acl_association",
        "plain",
        {},
        {"resource_arn": "aws_lb.plain", "web_acl_arn": "aws_wafv2_web_acl.plain"},
    ),
    ("aws_route53_zone", "plain", {"name": "example.org"}, {}),
    (
        "aws_cloudtrail",
        "plain",
        {"name": "plain", "is_multi_region_trail": False},
        {"s3_bucket_name": "aws_s3_bucket.open"},
    ),
    (
        "aws_lambda_function",
        "plain",
        {"function_name": "plain", "runtime": "python3.8", "environment": [{"variables": {"MODE": "plain"}}]},
        {"role": "aws_iam_role.function"},
    ),
    ("aws_sqs_queue", "plain", {"name": "plain"}, {}),
    ("aws_sqs_queue", "kept", {"name": "kept", "kms_master_key_id": "alias/aws/sqs"}, {}),
    ("aws_sns_topic", "plain", {"name": "plain"}, {}),
    (
        "aws_dynamodb_table",
        "plain",
        {"name": "plain", "hash_key": "id", "attribute": [{"name": "id", "type": "S"}]},
        {},
    ),
    ("aws_eks_cluster", "plain", {"name": "plain", "vpc_config": [{"endpoint_public_access": True}]}, {}),
    (
        "aws_eks_node_group",
        "plain",
        {"remote_access": [{"ec2_ssh_key": "key"}]},
        {"cluster_name": "aws_eks_cluster.plain"},
    ),
    (
        "aws_instance",
        "plain",
        {"associate_public_ip_address": True, "ebs_optimized": False},
        {"subnet_id": "aws_subnet.main"},
    ),
    ("aws_ebs_volume", "plain", {"encrypted": False}, {}),
    ("aws_cloudwatch_log_group", "plain", {"name": "plain"}, {}),
    ("aws_efs_file_system", "plain", {"encrypted": False}, {}),
    ("google_storage_bucket", "plain", {"name": "plain", "location": "EU"}, {}),
    ("azurerm_storage_account", "plain", {"name": "plain", "min_tls_version": "TLS1_0"}, {}),
    ("github_repository", "plain", {"name": "plain", "visibility": "public"}, {}),
)


def plan() -> dict[str, Any]:
    """The plan, in the shape of ``terraform show -json``; the caller's own, to change at will."""
    resources, changes, configured = [], [], []
    for kind, name, values, references in deepcopy(_RESOURCES):
        address = f"{kind}.{name}"
        resources.append({"address": address, "mode": "managed", "type": kind, "name": name, "values": values})
        unknown = dict.fromkeys(["arn", *references], True)
        change = {"actions": ["create"], "before": None, "after": values, "after_unknown": unknown}
        changes.append({"address": address, "change": change})
        expressions = {field: {"references": [f"{to}.id", to]} for field, to in references.items()}
        configured.append({"address": address, "type": kind, "name": name, "expressions": expressions})
    provider = {"name": "aws", "expressions": {"region": {"constant_value": "eu-west-1"}}}
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": resources}},
        "resource_changes": changes,
        "configuration": {"provider_config": {"aws": provider}, "root_module": {"resources": configured}},
    }
