"""A KMS key is rotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import all_of, among, any_of, found, given, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "aws:kms/key:Key"  # noqa: S105 - a Pulumi type token, no password
#: KMS rotates keys that are symmetric, for encryption, and in its own store (AWS KMS, "Rotate AWS KMS keys").
_SYMMETRIC = frozenset({"SYMMETRIC_DEFAULT"})


def check(facts: Facts) -> Iterator[Result]:
    """Rotation must be on where KMS can rotate; left out it is off."""
    spec = look(facts.props, "customerMasterKeySpec")
    symmetric = any_of((negated(given(spec)), among(spec, _SYMMETRIC)))
    ours = given(look(facts.props, "customKeyStoreId"))
    off = negated(stands(look(facts.props, "enableKeyRotation"), on=True))
    yield from found(all_of((symmetric, negated(ours), off)), "enableKeyRotation", what="the key is never rotated")


RULE = Rule(
    id="kms-rotation",
    title="A KMS key is rotated",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="All data under a key that leaked is readable; a rotated key bounds what one of them opens.",
    fix="set enableKeyRotation to true",
    link="https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
    applies=_TOKEN.__eq__,
    check=check,
)
