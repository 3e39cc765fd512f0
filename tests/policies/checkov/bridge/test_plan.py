"""A preview over the bridge: the plan that Terraform would make of the same resources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov.plan import bridge
from tests.policies.digest import SECRET_JSON, UNKNOWN_JSON, preview, step, urn

if TYPE_CHECKING:
    from pathlib import Path

    from policies.checkov.plan import Bridged

BUCKET = "aws:s3/bucket:Bucket"
GROUP = "aws:ec2/securityGroup:SecurityGroup"


def bridged(folder: Path, *steps: object) -> Bridged:
    """What comes over the bridge from these steps; its plan is JSON."""
    made = bridge(preview(folder, *steps))
    json.dumps(made.plan, allow_nan=False)
    return made


def planned(folder: Path, token: str, inputs: object) -> Any:  # noqa: ANN401 - JSON
    """The planned values of one resource."""
    (resource,) = bridged(folder, step(token, inputs)).plan["planned_values"]["root_module"]["resources"]
    return resource["values"]


def change(folder: Path, token: str, inputs: object, **more: Any) -> Any:  # noqa: ANN401 - JSON
    """The change of one resource."""
    return bridged(folder, step(token, inputs, **more)).plan["resource_changes"][0]["change"]


def test_a_plan_has_what_checkov_asks_for(tmp_path: Path) -> None:
    """The parts of a plan without which checkov leaves a file alone."""
    plan = bridged(tmp_path, step(BUCKET, {"bucket": "logs"}, name="logs")).plan
    head = {"address": "aws_s3_bucket.logs", "mode": "managed", "type": "aws_s3_bucket", "name": "logs"}

    assert plan["terraform_version"]
    assert plan["planned_values"] == {"root_module": {"resources": [{**head, "values": {"bucket": "logs"}}]}}
    assert plan["resource_changes"] == [
        {
            **head,
            "change": {"actions": ["create"], "before": None, "after": {"bucket": "logs"}, "after_unknown": {}},
        }
    ]
    assert plan["configuration"] == {
        "provider_config": {},
        "root_module": {"resources": [{**head, "expressions": {}}]},
    }


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        pytest.param(
            "aws:rds/instance:Instance",
            {"storageEncrypted": True, "backupRetentionPeriod": 7.0, "enabledCloudwatchLogsExports": ["audit"]},
            {"storage_encrypted": True, "backup_retention_period": 7, "enabled_cloudwatch_logs_exports": ["audit"]},
            id="names",
        ),
        pytest.param(
            "aws:lambda/function:Function",
            {"name": "f", "code": {"x": 1}, "role": "r"},
            {"function_name": "f", "filename": '{"x": 1}', "role": "r"},
            id="names-of-their-own",
        ),
        pytest.param(
            "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
            {"corsRules": [{"allowedMethods": ["GET"], "maxAgeSeconds": 5}]},
            {"cors_rule": [{"allowed_methods": ["GET"], "max_age_seconds": 5}]},
            id="plurals",
        ),
        pytest.param(
            "aws:s3/bucketVersioning:BucketVersioning",
            {"versioningConfiguration": {"status": "Enabled"}},
            {"versioning_configuration": [{"status": "Enabled"}]},
            id="block-of-one",
        ),
        pytest.param(
            GROUP,
            {"ingress": [{"fromPort": 22, "toPort": 22, "protocol": "tcp", "cidrBlocks": ["0.0.0.0/0"]}]},
            {"ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]},
            id="plural-that-stays",
        ),
        pytest.param(
            BUCKET,
            {"tags": {"costCentre": "x", "kms.key/id": "y", "__defaults": []}, "__defaults": ["tags"]},
            {"tags": {"costCentre": "x", "kms.key/id": "y"}},
            id="keys-of-maps-stay",
        ),
        pytest.param(
            "aws:lambda/function:Function",
            {"environment": {"variables": {"someKey": "v"}}},
            {"environment": [{"variables": {"someKey": "v"}}]},
            id="map-in-a-block",
        ),
        pytest.param(
            "aws:iam/policy:Policy",
            {"policy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*"}]}},
            {"policy": '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*"}]}'},
            id="document-of-an-object",
        ),
        pytest.param("aws:iam/policy:Policy", {"policy": "{}"}, {"policy": "{}"}, id="document-of-a-string"),
        pytest.param(
            "aws:s3/bucketV2:BucketV2",
            {"versionings": [{"enabled": True}], "acl": None},
            {"versioning": [{"enabled": True}], "acl": None},
            id="legacy-token",
        ),
        pytest.param(
            "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle",
            {"rules": [{"id": "x", "abortMultipartUploadsTransition": {"condition": {"maxAge": 9, "type": "Age"}}}]},
            {
                "rules": [
                    {"id": "x", "abort_multipart_uploads_transition": {"condition": {"max_age": 9, "type": "Age"}}}
                ]
            },
            id="objects-that-are-no-list",
        ),
        pytest.param(
            "aws:wafv2/webAcl:WebAcl",
            {"rules": [{"statement": {"managedRuleGroupStatement": {"name": "n", "vendorName": "AWS"}}}]},
            {"rule": [{"statement": [{"managed_rule_group_statement": [{"name": "n", "vendor_name": "AWS"}]}]}]},
            id="blocks-that-nest-in-themselves",
        ),
        pytest.param(BUCKET, {"forceDestroy": "true"}, {"force_destroy": True}, id="boolean-of-a-string"),
        pytest.param(
            BUCKET, {"tags": {"n": 5.0, "b": True}}, {"tags": {"n": "5", "b": "true"}}, id="strings-of-scalars"
        ),
        pytest.param(BUCKET, {"someNewThing": {"aB": 1}}, {"some_new_thing": {"aB": 1}}, id="not-in-the-table"),
        pytest.param(BUCKET, {"versioning": "yes"}, {"versioning": ["yes"]}, id="string-where-a-block-is-expected"),
        pytest.param(BUCKET, {"bucket": {"a": 1}}, {"bucket": '{"a": 1}'}, id="object-where-a-string-is-expected"),
        pytest.param(GROUP, {"ingress": {"fromPort": 1}}, {"ingress": {"fromPort": 1}}, id="object-where-a-list-is"),
    ],
)
def test_values(tmp_path: Path, token: str, inputs: object, expected: object) -> None:
    """What stands in the plan for some inputs."""
    assert planned(tmp_path, token, inputs) == expected


def test_a_property_of_a_terraform_name_does_not_stand_for_another(tmp_path: Path) -> None:
    """A property that no table has cannot take the place of a field that has a property."""
    assert planned(tmp_path, BUCKET, {"forceDestroy": True, "force_destroy": False}) == {"force_destroy": True}


@pytest.mark.parametrize(
    ("inputs", "known", "unknown"),
    [
        ({"vpcId": UNKNOWN_JSON}, {}, {"vpc_id": True}),
        (
            {"ingress": [{"fromPort": 22, "cidrBlocks": [UNKNOWN_JSON, "10.0.0.0/8"]}, {"fromPort": 80}]},
            {"ingress": [{"from_port": 22, "cidr_blocks": [None, "10.0.0.0/8"]}, {"from_port": 80}]},
            {"ingress": [{"cidr_blocks": [True, False]}, {}]},
        ),
        ({"ingress": [UNKNOWN_JSON]}, {"ingress": [None]}, {"ingress": [True]}),
        ({"ingress": UNKNOWN_JSON}, {}, {"ingress": True}),
        ({"tags": {"a": UNKNOWN_JSON, "b": "c"}}, {"tags": {"b": "c"}}, {"tags": {"a": True}}),
    ],
)
def test_unknown_values_are_left_out_and_told(tmp_path: Path, inputs: object, known: object, unknown: object) -> None:
    """What the preview does not know is in no value, and its place is in `after_unknown`."""
    found = change(tmp_path, GROUP, inputs)

    assert planned(tmp_path, GROUP, inputs) == known == found["after"]
    assert found["after_unknown"] == unknown


def test_a_document_with_an_unknown_part_is_unknown(tmp_path: Path) -> None:
    """Nobody knows the JSON of a document of which a part is not known."""
    found = change(tmp_path, "aws:iam/policy:Policy", {"policy": {"Statement": [{"Resource": UNKNOWN_JSON}]}})

    assert (found["after"], found["after_unknown"]) == ({}, {"policy": True})


def test_no_secret_is_written(tmp_path: Path) -> None:
    """A secret string is a constant, a secret of another form is not known; nothing of it is anywhere in the plan."""
    steps = (
        step("aws:rds/instance:Instance", {"password": SECRET_JSON, "multiAz": SECRET_JSON, "tags": SECRET_JSON}),
        step("aws:lambda/function:Function", {"environment": {"variables": {"KEY": SECRET_JSON}}}),
        step("aws:iam/policy:Policy", {"policy": {"a": SECRET_JSON}}),
        step("pulumi:providers:aws", {"secretKey": SECRET_JSON}),
    )
    plan = bridged(tmp_path, *steps).plan
    values = {entry["type"]: entry["values"] for entry in plan["planned_values"]["root_module"]["resources"]}
    unknown = {entry["type"]: entry["change"]["after_unknown"] for entry in plan["resource_changes"]}

    assert values["aws_db_instance"] == {"password": "[secret]"}
    assert unknown["aws_db_instance"] == {"multi_az": True, "tags": True}
    assert values["aws_lambda_function"] == {"environment": [{"variables": {"KEY": "[secret]"}}]}
    assert values["aws_iam_policy"] == {"policy": '{"a": "[secret]"}'}
    assert "hidden-in-there" not in json.dumps(plan)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.b", "a_b"),
        ("a b/c", "a_b_c"),
        ("日本", "__"),
        ("9lives", "_9lives"),
        ("a-b_c", "a-b_c"),
        ('x["y"]', "x__y__"),
    ],
)
def test_names_are_identifiers(tmp_path: Path, name: str, expected: str) -> None:
    """A name in the plan has no dot and begins with a letter or an underscore."""
    assert bridged(tmp_path, step(BUCKET, name=name)).addresses == {f"aws_s3_bucket.{expected}": urn(BUCKET, name)}


def test_equal_names_have_addresses_of_their_own(tmp_path: Path) -> None:
    """Two resources of one type and name, and one whose name looks alike, each have an address."""
    steps = [step(BUCKET, name="a.b"), step(BUCKET, name="a_b")]
    below = step(BUCKET, name="a_b")
    below["urn"] = below["newState"]["urn"] = urn(BUCKET, "a_b", parents="groundwork:backup:Backup$")
    first = bridged(tmp_path, *steps, below)

    assert len(first.addresses) == 3
    assert set(first.addresses.values()) == {steps[0]["urn"], steps[1]["urn"], below["urn"]}
    assert "aws_s3_bucket.a_b" in first.addresses
    assert first.addresses == bridged(tmp_path, *steps, below).addresses


@pytest.mark.parametrize(
    ("operation", "actions"),
    [
        ("create", ["create"]),
        ("update", ["update"]),
        ("same", ["no-op"]),
        ("import", ["no-op"]),
        ("replace", ["create", "delete"]),
        ("create-replacement", ["create", "delete"]),
    ],
)
def test_operations_are_actions(tmp_path: Path, operation: str, actions: list[str]) -> None:
    """What the update would do stands in the change."""
    assert change(tmp_path, BUCKET, {}, op=operation)["actions"] == actions


def test_what_is_deleted_is_a_change_alone(tmp_path: Path) -> None:
    """A resource that goes is among the changes, not among what is planned."""
    gone = urn(BUCKET, "old", parents="groundwork:backup:Backup$")
    made = bridged(tmp_path, step(BUCKET), {"op": "delete", "urn": gone}, {"op": "delete", "urn": urn("x:y:Z")})
    last = made.plan["resource_changes"][-1]

    assert len(made.plan["planned_values"]["root_module"]["resources"]) == 1
    assert (last["address"], last["change"]["actions"]) == ("aws_s3_bucket.old", ["delete"])
    assert last["change"]["after"] is None
    assert made.addresses["aws_s3_bucket.old"] == gone


def test_the_same_stack_gives_the_same_plan(tmp_path: Path) -> None:
    """A program declares side by side: in which order does not matter, or nothing would be judged but anew."""
    steps = [
        step("aws:s3/bucket:Bucket", name="a.b"),
        step("aws:s3/bucket:Bucket", name="a_b"),
        step("aws:kms/key:Key", name="main"),
        step("pulumi:providers:aws", {"region": "eu-west-1"}, name="west"),
    ]

    assert bridged(tmp_path, *steps) == bridged(tmp_path, *reversed(steps))


def test_what_is_not_mapped_is_told(tmp_path: Path) -> None:
    """A type that no table has is in no plan, and is listed; Kubernetes objects have manifests instead."""
    steps = (
        step("aws:chime/voiceConnector:VoiceConnector", name="voice"),
        step("railway:index:Service", name="service"),
        step("kubernetes:helm.sh/v3:Release", name="chart"),
        step("kubernetes:core/v1:Pod", name="pod"),
        step("groundwork:backup:Backup", name="component", custom=False),
    )
    made = bridged(tmp_path, *steps)

    assert [resource.name for resource in made.unmapped] == ["voice", "chart", "service"]
    assert made.addresses == {}


def references(folder: Path, inputs: object, on: dict[str, list[str]], *more: object) -> Any:  # noqa: ANN401 - JSON
    """The expressions of an encryption configuration that depends on some resources."""
    token = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"  # noqa: S105
    plan = bridged(folder, *more, step(token, inputs, propertyDependencies=on)).plan
    return plan["configuration"]["root_module"]["resources"][-1]["expressions"]


def test_dependencies_are_references(tmp_path: Path) -> None:
    """A property that was computed from a resource refers to it, whether its value is known or not."""
    on = {"bucket": [urn(BUCKET, "logs")], "noSuchProperty": [urn(BUCKET, "logs")], "region": ["urn:gone"]}

    assert references(tmp_path, {"bucket": "logs"}, on, step(BUCKET, name="logs")) == {
        "bucket": {"references": ["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"]}
    }


def test_a_reference_stands_where_the_value_is_not_known(tmp_path: Path) -> None:
    """Within a block, the field that is not known is the one that refers."""
    inputs = {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "a", "kmsMasterKeyId": UNKNOWN_JSON}}]}
    found = references(
        tmp_path, inputs, {"rules": [urn("aws:kms/key:Key", "main")]}, step("aws:kms/key:Key", name="main")
    )
    key = {"references": ["aws_kms_key.main.id", "aws_kms_key.main"]}

    assert found == {"rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": key}]}]}


def test_providers_are_configuration(tmp_path: Path) -> None:
    """What is literally in a provider's configuration is in the plan's, each provider on its own."""
    key = "AKIA" + "IOSFODNN7EXAMPLE"  # in pieces, as the tree holds no key
    steps = (
        step("pulumi:providers:aws", {"region": "eu-west-1", "accessKey": key, "token": UNKNOWN_JSON}, name="west"),
        step("pulumi:providers:aws", {"region": "us-east-1", "__internal": {}}, name="east.1"),
        step("pulumi:providers:unheard-of", {"region": "x"}),
    )
    made = bridged(tmp_path, *steps)

    assert made.plan["configuration"]["provider_config"] == {
        "aws.west": {
            "name": "aws",
            "alias": "west",
            "expressions": {"region": {"constant_value": "eu-west-1"}, "access_key": {"constant_value": key}},
        },
        "aws.east_1": {
            "name": "aws",
            "alias": "east_1",
            "expressions": {"region": {"constant_value": "us-east-1"}},
        },
    }
    assert made.addresses["aws.west"] == urn("pulumi:providers:aws", "west")
    assert made.unmapped == ()


@pytest.mark.parametrize(
    ("name", "told", "field", "expected"),
    [
        ("skipRegionValidation", "true", "skip_region_validation", True),
        ("allowedAccountIds", '["1"]', "allowed_account_ids", ["1"]),
        ("defaultTags", '{"tags":{"a":"b"}}', "default_tags", [{"tags": {"a": "b"}}]),
        ("allowedAccountIds", "broken", "allowed_account_ids", "broken"),
        ("profile", "7", "profile", "7"),
    ],
)
def test_a_providers_inputs_are_json(tmp_path: Path, name: str, told: str, field: str, expected: object) -> None:
    """The engine holds what is no string as JSON in a string."""
    plan = bridged(tmp_path, step("pulumi:providers:aws", {name: told}, name="x")).plan

    assert plan["configuration"]["provider_config"]["aws.x"]["expressions"] == {field: {"constant_value": expected}}
