"""A tag of an ECR repository names one image for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import among, found, negated
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_TOKEN = "aws:ecr/repository:Repository"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """Tags must be immutable, with no exclusion; left out they are mutable."""
    immutable = among(look(facts.props, "imageTagMutability"), {"IMMUTABLE"})
    yield from found(negated(immutable), "imageTagMutability", what="a tag can be moved to another image")


RULE = Rule(
    id="ecr-immutable-tags",
    title="Tags of an ECR repository are immutable",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever may push moves a tag that was tested onto an image that was not.",
    fix="set imageTagMutability to IMMUTABLE and tag by commit",
    link="https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html",
    applies=_TOKEN.__eq__,
    check=check,
)
