"""What the bridge makes of inputs leads back to the same inputs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.checkov import back, forward, mapping
from policies.facts import UNKNOWN
from tests.policies.checkov.bridge import shapes

#: Few examples for each of some 300 types, rather than many for some.
EACH = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def held(value: Any, parent: str = "") -> Any:  # noqa: ANN401 - JSON
    """A value of a plan in the form in which checkov holds it (`_hclify` of its `plan_parser.py`, by its behaviour)."""
    made: dict[str, Any] = {}
    for key, entry in value.items():
        if isinstance(entry, dict):
            made[key] = held(entry, key) if parent == "tags" else [held(entry, key)]
        elif isinstance(entry, list) and any(isinstance(item, dict) for item in entry):
            made[key] = [held(item, key) for item in entry]
        else:
            made[key] = entry if parent == "tags" else [entry]
    return made


def there_and_back(token: str, inputs: dict[str, Any], *, as_checkov: bool = False) -> object:
    """Inputs over the bridge and back."""
    mapped = mapping.of_token(token)
    assert mapped is not None
    known, unknown = forward.fields(inputs, mapped.block)
    facts = back.facts(mapped.type, held(known) if as_checkov else known, unknown)
    return facts and facts.props


@pytest.mark.parametrize("token", shapes.CURRENT)
def test_inputs_of_every_type_come_back(token: str) -> None:
    """Names, blocks of one, maps with odd keys and unknown values: what went over comes back the same."""
    mapped = mapping.of_token(token)
    assert mapped is not None

    @EACH
    @given(inputs=shapes.block(mapped.block))
    def comes_back(inputs: dict[str, Any]) -> None:
        assert there_and_back(token, inputs) == inputs

    comes_back()


@EACH
@given(data=st.data())
def test_the_two_directions_are_one_table(data: st.DataObject) -> None:
    """Each Terraform field leads to a Pulumi property and back."""
    mapped = mapping.of_token(data.draw(st.sampled_from(shapes.TOKENS)))

    assert mapped is not None
    assert [mapped.block.pulumi[theirs][0] for theirs, _ in mapped.block.terraform.values()] == [
        *mapped.block.terraform
    ]


@pytest.mark.parametrize(
    ("token", "inputs"),
    [
        (
            "aws:s3/bucket:Bucket",
            {"bucket": "logs", "forceDestroy": False, "tags": {"Name": "x", "under_score": "true"}},
        ),
        ("aws:s3/bucketVersioning:BucketVersioning", {"versioningConfiguration": {"status": "Enabled"}}),
        (
            "aws:ec2/securityGroup:SecurityGroup",
            {"ingress": [{"fromPort": 22, "toPort": 22, "protocol": "tcp", "cidrBlocks": ["0.0.0.0/0", "10.0.0.0/8"]}]},
        ),
        ("aws:ec2/securityGroup:SecurityGroup", {"ingress": []}),
        ("aws:autoscaling/group:Group", {"tags": [{"key": "a", "value": "b", "propagateAtLaunch": True}]}),
        ("aws:lambda/function:Function", {"environment": {"variables": {"SOME_KEY": "x"}}, "code": "asset"}),
        ("aws:rds/cluster:Cluster", {"enabledCloudwatchLogsExports": ["audit"], "backupRetentionPeriod": 7}),
        ("cloudflare:index/zoneSetting:ZoneSetting", {"settingId": "ssl", "value": "strict"}),
        ("cloudflare:index/ruleset:Ruleset", {"rules": [{"action": "block", "expression": "true"}]}),
    ],
)
def test_what_checkov_holds_comes_back(token: str, inputs: dict[str, Any]) -> None:
    """The form of parsed HCL, scalars and objects in lists of one, leads back too."""
    assert there_and_back(token, inputs, as_checkov=True) == inputs


@pytest.mark.parametrize("value", ["aws_kms_key.main.arn", "aws_kms_key.main", "true_after_unknown"])
def test_what_stands_for_an_unknown_value_is_unknown(value: str) -> None:
    """A reference, or checkov's own constant, is in place of what nobody knows yet."""
    facts = back.facts(
        "aws_s3_bucket_versioning", {"bucket": [value], "versioning_configuration": [{"status": [value]}]}
    )

    assert facts is not None
    assert facts.props == {"bucket": UNKNOWN, "versioningConfiguration": {"status": UNKNOWN}}


def test_a_name_with_a_dot_is_no_reference() -> None:
    """A value that looks like a reference to no type of the tables is a value."""
    facts = back.facts("aws_s3_object", {"key": ["data_file.csv"]})

    assert facts is not None
    assert facts.props == {"key": "data_file.csv"}


def test_what_is_null_is_not_set() -> None:
    """A field without a value is no property."""
    values = {"bucket": [None], "force_destroy": None, "tags": [None], "cors_rule": [None], "versioning": None}
    facts = back.facts("aws_s3_bucket", values)

    assert facts is not None
    assert facts.props == {}


def test_a_document_is_a_string_again() -> None:
    """A policy that checkov parsed is a string, as Pulumi has it."""
    facts = back.facts("aws_iam_policy", {"policy": [{"Version": "2012-10-17"}]})

    assert facts is not None
    assert facts.props == {"policy": '{"Version": "2012-10-17"}'}


def test_checkovs_own_keys_are_no_properties() -> None:
    """What checkov puts beside the fields is left out, but the address names the resource."""
    values = {"__address__": "aws_s3_bucket.logs", "__change_actions__": ["create"], "bucket": ["x"], "start_line": [1]}
    facts = back.facts("aws_s3_bucket", {**values, "tags": [{"a": "b", "__startline__": 1}]})

    assert facts is not None
    assert (facts.token, facts.name) == ("aws:s3/bucket:Bucket", "logs")
    assert facts.props == {"bucket": "x", "tags": {"a": "b"}}


def test_a_type_that_no_table_has_is_none() -> None:
    """Nothing is told of a type that is not mapped."""
    assert back.facts("aws_no_such_thing", {}) is None
