"""The tables say what the installed SDKs say."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest

from policies.checkov import mapping
from policies.checkov.mapping import Kind
from policies.checkov.sdk_check import differences
from policies.checkov.table import FOLDER, tables, text
from tests.repo.tree import CHECKOUT

PACKAGES = ("aws", "cloudflare")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_input_has_one_field(package: str) -> None:
    """Each input of each mapped type of the installed SDK, at any depth, has one Terraform field, none is left over."""
    (table,) = (table for table in tables() if table["name"] == package)

    assert differences(table) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_table_is_for_the_pinned_sdk(package: str) -> None:
    """The version that a table names is the one that `pyproject.toml` pins."""
    pinned = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    table = next(table for table in tables() if table["name"] == package)

    assert f"pulumi-{package}=={table['version']}" in pinned


@pytest.mark.parametrize("package", PACKAGES)
def test_a_table_is_written_as_the_command_writes_it(package: str) -> None:
    """A table that is kept by hand has the form of one that is derived: a diff shows what changed."""
    path = FOLDER / f"{package}.json"

    assert text(json.loads(path.read_bytes())) == path.read_text("utf-8")


def test_a_table_says_how_it_was_made() -> None:
    """Each table has a note."""
    assert all(table["note"] for table in tables())


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("aws:s3/bucket:Bucket", "aws_s3_bucket"),
        ("aws:s3/bucketV2:BucketV2", "aws_s3_bucket"),
        ("aws:s3/bucketVersioningV2:BucketVersioningV2", "aws_s3_bucket_versioning"),
        ("aws:cfg/rule:Rule", "aws_config_config_rule"),
        ("cloudflare:index/dnsRecord:DnsRecord", "cloudflare_dns_record"),
        ("aws:s3/noSuchThing:NoSuchThing", None),
    ],
)
def test_types_of_tokens(token: str, expected: str | None) -> None:
    """A token leads to its Terraform type, one that no table has to none."""
    assert mapping.token_to_type(token) == expected


def test_a_type_with_two_tokens_leads_to_the_current_one() -> None:
    """Back from Terraform, the token is the one that programs use now."""
    found = mapping.of_type("aws_s3_bucket")

    assert found is not None
    assert found.token == "aws:s3/bucket:Bucket"  # noqa: S105 - a type


def test_a_legacy_token_has_its_own_shape() -> None:
    """The same Terraform list is an object of one token, and a list of the other."""
    one, many = mapping.of_token("aws:s3/bucket:Bucket"), mapping.of_token("aws:s3/bucketV2:BucketV2")

    assert one is not None
    assert many is not None
    assert one.block.pulumi["versioning"][1].one
    assert many.block.pulumi["versionings"][0] == "versioning"


@pytest.mark.parametrize(("one", "expected"), [(True, ("rule", True)), (False, ("rules", False))])
def test_what_pulumi_says_of_a_list_wins(one: bool, expected: tuple[str, bool]) -> None:  # noqa: FBT001 - a table's value
    """Whether a list is held as its one entry is Pulumi's choice where it made one."""
    schema = {"rule": {"type": 5, "maxItems": 0 if one else 1, "element": {"schema": {"type": 4}}}}
    block = mapping.Block(schema, {"rule": {"maxItemsOne": one}}, mapping.Shared({}))

    assert [(name, shape.one) for name, shape in block.terraform.values()] == [expected]


def test_names_within_an_object_stand_beside_it() -> None:
    """Of an object that is no list, what Pulumi changes is either beside it or in its element."""
    schema = {"a": {"type": 6, "element": {"resource": {"b": {"type": 4}}}}}
    changes: dict[str, Any] = {"fields": {"b": {"name": "c"}}}
    blocks = [
        mapping.Block(schema, {"a": changes}, mapping.Shared({})),
        mapping.Block(schema, {"a": {"element": changes}}, mapping.Shared({})),
    ]

    assert [list(block.pulumi["a"][1].block.pulumi) for block in blocks if block.pulumi["a"][1].block] == [["c"], ["c"]]


def test_a_shared_block_has_the_names_of_its_place() -> None:
    """What Pulumi changes at one place does not show at another."""
    schema = {name: {"type": 5, "maxItems": 1, "element": {"shared": "s"}} for name in ("x", "y")}
    changes = {"x": {"element": {"fields": {"b": {"name": "c"}}}}}
    block = mapping.Block(schema, changes, mapping.Shared({"s": {"b": {"type": 4}}}))
    found = {name: shape.element.block for name, (_, shape) in block.pulumi.items() if shape.element}

    assert {name: list(inner.pulumi) for name, inner in found.items() if inner} == {"x": ["c"], "y": ["b"]}


def test_a_block_may_nest_in_itself() -> None:
    """A statement of a web ACL holds statements, however deep."""
    found = mapping.of_token("aws:wafv2/webAcl:WebAcl")
    assert found is not None
    shape = found.block.pulumi["rules"][1].element
    for name in ("statement", "notStatement", "statement", "andStatement", "statements", "byteMatchStatement"):
        assert shape is not None
        block = shape.block or (shape.element and shape.element.block)
        assert block, name
        shape = block.pulumi[name][1]

    assert shape is not None
    assert shape.kind is Kind.LIST
