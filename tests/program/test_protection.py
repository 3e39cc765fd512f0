"""What holds data is protected in prod, and only there; one loud escape hatch takes it off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from infra.stackfile import ESCAPE_HATCH, StackConfig
from tests.program.conftest import CHECKOUT, run_program

if TYPE_CHECKING:
    from tests.program.conftest import Program

#: Types whose deletion loses data, or the key that opens it, or what it lives in.
STATEFUL = {
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "cloudflare:index/r2Bucket:R2Bucket",
    "kubernetes:core/v1:Namespace",
    "kubernetes:core/v1:PersistentVolumeClaim",
    "railway:index:Environment",
    "railway:index:Project",
    "railway:index:Volume",
}


def protected(program: Program) -> set[str]:
    """Names of what is protected."""
    return {one.name for one in program.declared if one.protect}


def test_prod_protects_all_that_holds_data_and_nothing_else(prod: Program) -> None:
    """Every stateful resource of prod is protected; the rest can be changed freely."""
    assert {one.name for one in prod.resources if one.token in STATEFUL} == protected(prod)


def test_staging_protects_nothing(staging: Program) -> None:
    """Staging can be torn down."""
    assert set() == protected(staging)


def test_local_protects_nothing(local: Program) -> None:
    """The sandbox can be torn down."""
    assert set() == protected(local)


def test_the_escape_hatch_takes_the_protection_off_and_says_so() -> None:
    """With the whole phrase in the stack file prod protects nothing, and a warning names both keys that it takes."""
    opened = run_program("prod", allowUnprotected=ESCAPE_HATCH)

    assert set() == protected(opened)
    assert ["groundwork:allowUnprotected is open"] == [text.partition(": buckets")[0] for text in opened.warnings]
    assert ["policies/unprotected.json"] == re.findall(r"--policy-pack-config (\S+\.json)", opened.warnings[0])


@pytest.mark.parametrize(
    "text",
    [
        (CHECKOUT / "Pulumi.prod.yaml").read_text(encoding="utf-8").partition("allowUnprotected")[0],
        StackConfig.model_fields["allow_unprotected"].description,
    ],
    ids=["beside the key", "as what is allowed"],
)
def test_who_reads_of_the_hatch_reads_of_its_second_key(text: str) -> None:
    """The stack file and the message about a wrong value name the policies' own key, a file that is there."""
    (named,) = re.findall(r"--policy-pack-config (\S+\.json)", text)

    assert (CHECKOUT / named).is_file()


def test_a_closed_escape_hatch_says_nothing(prod: Program) -> None:
    """No warning in the ordinary case, or nobody would read it."""
    assert [] == prod.warnings
