"""What the check of a table against the installed SDK finds: a small table of two types, with one fault each time."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov.sdk_check import differences
from policies.checkov.table import tables

if TYPE_CHECKING:
    from collections.abc import Callable

BUCKET = "aws:s3/bucketVersioning:BucketVersioning"
NAMES = ("aws_s3_bucket_versioning", "aws_s3_bucket_cors_configuration")


@pytest.fixture(name="table")
def _table() -> dict[str, Any]:
    """The real table cut down to two types."""
    (table,) = (copy.deepcopy(table) for table in tables() if table["name"] == "aws")
    schemas = table["provider"]["resources"]
    table["provider"]["resources"] = {name: schemas[name] for name in NAMES}
    table["resources"] = {name: table["resources"][name] for name in NAMES}
    return table


def test_what_agrees_is_not_told(table: dict[str, Any]) -> None:
    """The table as it is has no difference."""
    assert differences(table) == []


def fields(table: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The fields of the first type."""
    return table["provider"]["resources"]["aws_s3_bucket_versioning"]


def inner(table: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The fields of a block in it."""
    return fields(table)["versioning_configuration"]["element"]["resource"]


def rules(table: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """The fields of a block in a list of the second type."""
    schemas = table["provider"]["resources"]
    return schemas["aws_s3_bucket_cors_configuration"]["cors_rule"]["element"]["resource"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda table: table.update(version="0.0.1"), "version: "),
        (lambda table: fields(table).pop("mfa"), f"{BUCKET}.mfa: no Terraform field"),
        (lambda table: fields(table).update(odd={"type": 4}), f"{BUCKET}.odd: no such input"),
        (lambda table: fields(table).update(mfa={"type": 1}), f"{BUCKET}.mfa: the SDK has a scalar"),
        (lambda table: inner(table).pop("status"), f"{BUCKET}.versioningConfiguration.status: no Terraform field"),
        (lambda table: inner(table).update(odd={"type": 4}), f"{BUCKET}.versioningConfiguration.odd: no such input"),
        (lambda table: inner(table)["status"].update(type=2), f"{BUCKET}.versioningConfiguration.status: the SDK has"),
        (lambda table: rules(table).pop("max_age_seconds"), "[].maxAgeSeconds: no Terraform field"),
        (lambda table: rules(table)["allowed_methods"].update(maxItems=1), "the SDK has a list"),
        (lambda table: fields(table)["versioning_configuration"].pop("maxItems"), "versioningConfiguration: no Terra"),
        (
            lambda table: table["resources"]["aws_s3_bucket_versioning"]["fields"].update(mfa={"name": "bucket"}),
            "two Terraform fields go by one name",
        ),
        (
            lambda table: table["resources"]["aws_s3_bucket_versioning"].update(tok="aws:s3/none:None"),
            "aws:s3/none:None: the SDK has no such type",
        ),
    ],
)
def test_what_does_not_agree_is_told(
    table: dict[str, Any], change: Callable[[dict[str, Any]], object], expected: str
) -> None:
    """Each fault of a table is told with its place."""
    change(table)

    assert any(expected in difference for difference in differences(table))
