"""The helper that lays a hand-written plan out: what of it the golden pairs rely on."""

from __future__ import annotations

from typing import Any

from tests.policies.golden.terraform import known, plan, ref, resource


def _parts(values: dict[str, Any]) -> tuple[Any, Any, Any]:
    """What a resource with these values is planned as, what of it is unknown, and its expressions."""
    document = plan(resource("aws_lb", "web", values)).document()
    planned = document["planned_values"]["root_module"]["resources"][0]["values"]
    unknown = document["resource_changes"][0]["change"]["after_unknown"]
    return planned, unknown, document["configuration"]["root_module"]["resources"][0]["expressions"]


def test_a_computed_value_is_no_planned_one() -> None:
    """It is left out of the planned values, true among the unknown, and its source is in the configuration."""
    assert _parts({"arn": ref("aws_lb.other.arn")}) == (
        {},
        {"id": True, "arn": True},
        {"arn": {"references": ["aws_lb.other.arn", "aws_lb.other"]}},
    )


def test_a_computed_entry_of_a_list_keeps_its_place() -> None:
    """A list has null where an entry is not known."""
    assert _parts({"subnets": ["a", ref("aws_subnet.b.id")]}) == (
        {"subnets": ["a", None]},
        {"id": True, "subnets": [False, True]},
        {"subnets": {"references": ["aws_subnet.b.id", "aws_subnet.b"]}},
    )


def test_a_block_has_expressions_of_its_own() -> None:
    """What a block computes is told inside it, in the planned values as in the configuration."""
    assert _parts({"access_logs": [{"enabled": True, "bucket": ref("aws_s3_bucket.logs.id")}]}) == (
        {"access_logs": [{"enabled": True}]},
        {"id": True, "access_logs": [{"bucket": True}]},
        {
            "access_logs": [
                {
                    "enabled": {"constant_value": True},
                    "bucket": {"references": ["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"]},
                }
            ]
        },
    )


def test_a_map_has_one_expression() -> None:
    """A map is written as a whole: what one of its values is computed from, all of it is."""
    assert _parts({"tags": {"a.b": "c", "vpc": ref("aws_vpc.main.id")}}) == (
        {"tags": {"a.b": "c"}},
        {"id": True, "tags": {"vpc": True}},
        {"tags": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}},
    )


def test_a_known_value_keeps_its_source() -> None:
    """A name that comes from another resource is planned, and refers to it."""
    assert _parts({"bucket": known("logs", "aws_s3_bucket.logs.bucket")}) == (
        {"bucket": "logs"},
        {"id": True},
        {"bucket": {"references": ["aws_s3_bucket.logs.bucket", "aws_s3_bucket.logs"]}},
    )


def test_an_account_is_configured_and_not_planned() -> None:
    """A provider stands in the configuration alone, by its alias."""
    document = plan(accounts=(resource("aws", "ireland", {"region": "eu-west-1"}),)).document()

    assert document["configuration"]["provider_config"] == {
        "aws.ireland": {
            "name": "aws",
            "alias": "ireland",
            "expressions": {"region": {"constant_value": "eu-west-1"}},
        }
    }
    assert document["planned_values"]["root_module"]["resources"] == []
