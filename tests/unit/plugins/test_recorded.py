"""The handler of recorded resources, and what it shares with every typed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from providers.kit import UNKNOWN, Call, Checked, Handler, Kind, Properties, ProviderError, Stored
from sandbox.connections import VARIABLE, Connections
from sandbox.plugins.aws.provider import Aws
from sandbox.plugins.cloudflare.provider import Cloudflare
from sandbox.plugins.grafana.provider import Grafana

if TYPE_CHECKING:
    from pathlib import Path

INSTANCE = "aws:rds/instance:Instance"
ZONE = "cloudflare:index/zone:Zone"
RECORD = "cloudflare:index/dnsRecord:DnsRecord"
GROUP = "grafana:alerting/ruleGroup:RuleGroup"
VPC = "aws:ec2/vpc:Vpc"
DATABASE: Properties = {"instanceClass": "db.t4g.micro", "tags": {"owner": "ops"}}


@pytest.fixture(autouse=True)
def _sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sandbox that is only a folder: records need no service."""
    connections = Connections(
        root=tmp_path,
        kubeconfig=tmp_path / "none",
        object_store="http://127.0.0.1:1",
        object_store_keys=tmp_path / "none",
        aws="http://127.0.0.1:1",
        railway="http://127.0.0.1:1/graphql/v2",
        railway_edge="http://127.0.0.1:1",
        uptimerobot="http://127.0.0.1:1/v3",
        cloudflare="http://127.0.0.1:1/client/v4",
        edge_token=tmp_path / "edge.token",
        pulumi_home=tmp_path / "none",
    )
    (tmp_path / "connections.json").write_text(connections.model_dump_json())
    monkeypatch.setenv(VARIABLE, str(tmp_path / "connections.json"))


@pytest.fixture
def aws() -> Aws:
    """The provider, with a region and default tags, as the engine configures it: in JSON."""
    provider = Aws()
    provider.configure({"region": "eu-central-1", "defaultTags": '{"tags": {"managed-by": "groundwork"}}'})
    return provider


def _call(token: str, *, preview: bool = False, seed: bytes = b"seed") -> Call:
    return Call(urn=f"urn:pulumi:local::p::{token}::thing", token=token, name="thing", preview=preview, seed=seed)


def _make(handler: Handler, token: str, inputs: Properties) -> Stored:
    made = handler.create(_call(token), inputs)
    return Stored(made.id, inputs, made.outputs)


def test_created_is_read(aws: Aws) -> None:
    """What was created is read as it was."""
    handler = aws.handler(INSTANCE)
    stored = _make(handler, INSTANCE, DATABASE)
    assert stored == handler.read(_call(INSTANCE), stored)


def test_import_reads_by_id_alone(aws: Aws) -> None:
    """An import knows the id only, and gets inputs and outputs."""
    handler = aws.handler(INSTANCE)
    stored = _make(handler, INSTANCE, DATABASE)
    assert stored == handler.read(_call(INSTANCE), Stored(stored.id))


def test_deleted_is_gone(aws: Aws) -> None:
    """What was deleted is gone, and deleting it again is no error."""
    handler = aws.handler(INSTANCE)
    stored = _make(handler, INSTANCE, DATABASE)
    handler.delete(_call(INSTANCE), stored)
    handler.delete(_call(INSTANCE), stored)
    assert handler.read(_call(INSTANCE), stored) is None


def test_update_of_what_is_gone_says_so(aws: Aws) -> None:
    """An update of a record that is gone is an error, not a new record."""
    handler = aws.handler(INSTANCE)
    stored = _make(handler, INSTANCE, DATABASE)
    handler.delete(_call(INSTANCE), stored)
    with pytest.raises(ProviderError, match="is gone"):
        handler.update(_call(INSTANCE), stored, DATABASE)


def test_update_keeps_what_is_computed(aws: Aws) -> None:
    """An update changes inputs and what follows from them, and keeps the rest."""
    handler = aws.handler(INSTANCE)
    stored = _make(handler, INSTANCE, DATABASE)
    after = handler.update(_call(INSTANCE), stored, {**DATABASE, "tags": {"owner": "data"}})
    assert {"owner": "data", "managed-by": "groundwork"} == after["tagsAll"]
    assert stored.outputs["arn"] == after["arn"]


def test_preview_records_nothing(aws: Aws, tmp_path: Path) -> None:
    """A preview knows what follows from inputs, nothing of what a service computes, and writes no file."""
    made = aws.handler(INSTANCE).create(_call(INSTANCE, preview=True), DATABASE)
    assert (UNKNOWN, "eu-central-1") == (made.outputs["arn"], made.outputs["region"])
    assert {"owner": "ops", "managed-by": "groundwork"} == made.outputs["tagsAll"]
    assert not (tmp_path / "recorded").exists()


def test_preview_of_an_update_keeps_what_stays(aws: Aws) -> None:
    """A preview of an update shows computed outputs as they are."""
    handler = aws.handler(INSTANCE)
    stored = _make(handler, INSTANCE, DATABASE)
    assert stored.outputs["arn"] == handler.update(_call(INSTANCE, preview=True), stored, DATABASE)["arn"]


def test_computed_outputs_are_of_the_vendors_form(aws: Aws) -> None:
    """An ARN names service, region and account; an address can never be reached; what is unknown is left out."""
    outputs = _make(aws.handler(INSTANCE), INSTANCE, DATABASE).outputs
    assert str(outputs["arn"]).startswith("arn:aws:rds:eu-central-1:123456789012:instance/")
    assert str(outputs["endpoint"]).endswith(".recorded.invalid")
    assert "latestRestorableTime" not in outputs


def test_changed_default_tags_are_a_change(aws: Aws) -> None:
    """New default tags change every resource, though its inputs are the same."""
    stored = _make(aws.handler(INSTANCE), INSTANCE, DATABASE)
    aws.configure({"region": "eu-central-1", "defaultTags": '{"tags": {"managed-by": "other"}}'})
    diff = aws.handler(INSTANCE).diff(_call(INSTANCE), stored, DATABASE)
    assert [(("tagsAll", "managed-by"), Kind.UPDATE, False)] == [
        (change.path, change.kind, change.of_inputs) for change in diff.changes
    ]


def test_changed_region_replaces(aws: Aws) -> None:
    """Another region of the provider replaces the resource."""
    stored = _make(aws.handler(INSTANCE), INSTANCE, DATABASE)
    aws.configure({"region": "eu-west-1", "defaultTags": '{"tags": {"managed-by": "groundwork"}}'})
    assert aws.handler(INSTANCE).diff(_call(INSTANCE), stored, DATABASE).replaces


@pytest.mark.parametrize(
    ("token", "old", "new", "replaces"),
    [
        (RECORD, {"zoneId": "a", "name": "n"}, {"zoneId": "b", "name": "n"}, True),
        (RECORD, {"zoneId": "a", "name": "n"}, {"zoneId": "a", "name": "m"}, False),
        (ZONE, {"name": "a.example", "account": {"id": "x"}}, {"name": "b.example", "account": {"id": "x"}}, True),
    ],
)
def test_what_replaces(token: str, old: Properties, new: Properties, *, replaces: bool) -> None:
    """Another zone replaces a DNS record, another name does not; another name replaces a zone."""
    diff = Cloudflare().handler(token).diff(_call(token), Stored("id", old, old), new)
    assert replaces == diff.replaces


def test_documented_replacement(aws: Aws) -> None:
    """What the SDK's documentation says forces a new resource does."""
    token = "aws:ebs/volume:Volume"  # noqa: S105 - a resource type
    kind = aws.sdk.resource(token)
    assert kind is not None
    documented = {name for name, item in kind.inputs.items() if item.replaces}
    handler = aws.handler(token)
    found = {
        name for name in documented if handler.diff(_call(token), Stored("id", {name: "a"}, {}), {name: "b"}).replaces
    }
    assert documented == found


def test_name_that_clashes_is_deleted_first() -> None:
    """A replacement with the same name deletes the old one first."""
    old: Properties = {"name": "n", "folderUid": "a"}
    diff = Grafana().handler(GROUP).diff(_call(GROUP), Stored("id", old, old), {**old, "folderUid": "b"})
    assert (True, True) == (diff.replaces, diff.delete_before_replace)


def test_made_up_name_is_stable(aws: Aws) -> None:
    """A made-up name is the same for the same seed, another for another seed, and kept once it is there."""
    token = "aws:sqs/queue:Queue"  # noqa: S105 - a resource type
    handler = aws.handler(token)
    kept: Properties = {"name": "kept"}
    cases: list[tuple[bytes, Properties | None]] = [(b"1", None), (b"1", None), (b"2", None), (b"2", kept)]
    names = [handler.check(_call(token, seed=seed), {}, old).inputs["name"] for seed, old in cases]
    assert names[0] == names[1] != names[2]
    assert "kept" == names[3]


def test_prefix_makes_no_name_up(aws: Aws) -> None:
    """With a prefix no name is made up at check."""
    token = "aws:sqs/queue:Queue"  # noqa: S105 - a resource type
    assert Checked({"namePrefix": "p"}) == aws.handler(token).check(_call(token), {"namePrefix": "p"}, None)


def test_unknown_type_names_the_nearest(aws: Aws) -> None:
    """A type that the SDK does not have is an error that names the nearest."""
    with pytest.raises(ProviderError, match="did you mean aws:ec2/vpc:Vpc"):
        aws.handler("aws:ec2/vpcc:Vpcc")


def test_unknown_configuration_is_refused(aws: Aws) -> None:
    """A provider setting that the SDK does not have is refused by name."""
    checked = aws.check_config(Call(), {"region": "eu-west-1", "regoin": "x"})
    assert [("regoin",)] == [failure.path for failure in checked.failures]


def test_known_configuration_passes(aws: Aws) -> None:
    """Settings pass, those too that come as JSON text."""
    inputs: Properties = {
        "region": "eu-west-1",
        "defaultTags": '{"tags": {"a": "b"}}',
        "skipCredentialsValidation": "true",
        "maxRetries": "5",
        "profile": "12",
        "version": "7.51.1",
    }
    assert () == aws.check_config(Call(), inputs).failures


def test_secret_outputs_are_marked(aws: Aws) -> None:
    """The outputs that the SDK calls secret are marked by the handler."""
    handler = aws.handler("aws:iam/accessKey:AccessKey")
    assert (("secret",), ("sesSmtpPasswordV4",)) == handler.secret_patterns


def test_schema_says_it_is_a_stand_in(aws: Aws) -> None:
    """The schema that the plugin gives says that it is not the vendor's."""
    assert "not the vendor's" in aws.schema


def test_vpc_is_recorded_whole(aws: Aws) -> None:
    """A resource with nested outputs is recorded with the outputs that can be made up."""
    outputs = _make(aws.handler(VPC), VPC, {"cidrBlock": "10.0.0.0/16"}).outputs
    assert ("10.0.0.0/16", "123456789012") == (outputs["cidrBlock"], outputs["ownerId"])
