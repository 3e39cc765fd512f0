"""The Terraform half of the tables where it is not what the naming rule alone would make of Pulumi's half.

Each was wrong once; the names are those of Terraform's providers' own schemas.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov import mapping
from policies.checkov.mapping import Kind
from tests.policies.checkov.bridge.test_plan import planned

if TYPE_CHECKING:
    from pathlib import Path

    from policies.checkov.mapping import Shape

#: Where checkov reads a document out of a string (``RESOURCE_TYPES_JSONIFY`` of its plan parser), of the mapped types.
DOCUMENTS = {
    "aws_api_gateway_rest_api_policy": "policy",
    "aws_backup_vault_policy": "policy",
    "aws_batch_job_definition": "container_properties",
    "aws_cloudwatch_log_resource_policy": "policy_document",
    "aws_ecr_registry_policy": "policy",
    "aws_ecr_repository_policy": "policy",
    "aws_ecs_task_definition": "container_definitions",
    "aws_efs_file_system_policy": "policy",
    "aws_iam_group_policy": "policy",
    "aws_iam_policy": "policy",
    "aws_iam_role": "assume_role_policy",
    "aws_iam_role_policy": "policy",
    "aws_iam_user_policy": "policy",
    "aws_kms_key": "policy",
    "aws_opensearch_domain_policy": "access_policies",
    "aws_s3_bucket_policy": "policy",
    "aws_secretsmanager_secret_policy": "policy",
    "aws_sns_topic_policy": "policy",
    "aws_sqs_queue_policy": "policy",
    "aws_vpc_endpoint": "policy",
    "aws_vpc_endpoint_policy": "policy",
}


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        pytest.param(
            "aws:apigateway/requestValidator:RequestValidator",
            {"restApi": "a"},
            {"rest_api_id": "a"},
            id="a-name-of-pulumis-own",
        ),
        pytest.param(
            "aws:codebuild/project:Project",
            {"buildBatchConfig": {"restrictions": {"computeTypesAlloweds": ["x"]}}},
            {"build_batch_config": [{"restrictions": [{"compute_types_allowed": ["x"]}]}]},
            id="a-plural-of-what-was-none",
        ),
        pytest.param(
            "aws:ec2/launchTemplate:LaunchTemplate",
            {"secondaryInterfaces": [{"deviceIndex": 1}]},
            {"secondary_interfaces": [{"device_index": 1}]},
            id="a-block-in-the-plural",
        ),
        pytest.param(
            "aws:route53domains/registeredDomain:RegisteredDomain",
            {"adminContact": {"addressLine1": "x"}},
            {"admin_contact": [{"address_line_1": "x"}]},
            id="a-digit-of-its-own",
        ),
        pytest.param(
            "aws:budgets/budget:Budget",
            {"metrics": "UnblendedCost"},
            {"metrics": ["UnblendedCost"]},
            id="a-list-of-one-scalar",
        ),
        pytest.param(
            "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
            {"routingRules": [{"redirect": {"hostName": "h"}}]},
            {"routing_rule": [{"redirect": [{"host_name": "h"}]}]},
            id="rules-as-blocks",
        ),
        pytest.param(
            "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
            {"routingRuleDetails": "[]"},
            {"routing_rules": "[]"},
            id="rules-as-a-document",
        ),
        pytest.param(
            "cloudflare:index/zeroTrustAccessPolicy:ZeroTrustAccessPolicy",
            {"includes": [{"userRiskScore": {"userRiskScores": ["high"]}}]},
            {"include": [{"user_risk_score": {"user_risk_score": ["high"]}}]},
            id="a-field-called-as-its-object",
        ),
    ],
)
def test_names_that_no_rule_gives(tmp_path: Path, token: str, inputs: Any, expected: Any) -> None:  # noqa: ANN401 - JSON
    """A field has the name and the shape that Terraform's provider gives it."""
    assert planned(tmp_path, token, inputs) == expected


@pytest.mark.parametrize(
    ("tf_type", "path", "kind"),
    [
        ("aws_neptune_cluster", ("vpc_security_group_ids",), Kind.SET),
        ("aws_redshift_parameter_group", ("parameter",), Kind.SET),
        ("aws_codebuild_project", ("vpc_config", "subnets"), Kind.SET),
        ("aws_flow_log", ("tag_field_specification",), Kind.SET),
        ("cloudflare_certificate_pack", ("hosts",), Kind.SET),
        ("cloudflare_api_token", ("policies",), Kind.LIST),
    ],
)
def test_a_set_is_a_set(tf_type: str, path: tuple[str, ...], kind: Kind) -> None:
    """Whether the order of entries means something is as Terraform has it."""
    found = mapping.of_type(tf_type)
    assert found is not None
    block, shape = found.block, None
    for name in path:
        shape = block.terraform[name][1]
        block = _inner(shape) or block

    assert shape is not None
    assert shape.kind is kind


@pytest.mark.parametrize("tf_type", DOCUMENTS)
def test_a_document_that_checkov_reads_is_a_string(tmp_path: Path, tf_type: str) -> None:
    """A policy that the preview has as an object comes over as JSON in a string, as checkov decodes just that."""
    found = mapping.of_type(tf_type)
    assert found is not None
    name, _ = found.block.terraform[DOCUMENTS[tf_type]]
    document = {"Statement": [{"Effect": "Allow", "Action": "*"}]}

    assert json.loads(planned(tmp_path, found.token, {name: document})[DOCUMENTS[tf_type]]) == document


def _inner(shape: Shape) -> mapping.Block | None:
    return shape.block or (shape.element.block if shape.element else None)
