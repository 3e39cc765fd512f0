"""The Terraform half of the tables where it is not what the naming rule alone would make of Pulumi's half.

Each was wrong once; the names are those of Terraform's providers' own schemas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov import mapping
from policies.checkov.mapping import Kind
from tests.policies.checkov.bridge.test_plan import planned

if TYPE_CHECKING:
    from pathlib import Path

    from policies.checkov.mapping import Shape


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


def _inner(shape: Shape) -> mapping.Block | None:
    return shape.block or (shape.element.block if shape.element else None)
