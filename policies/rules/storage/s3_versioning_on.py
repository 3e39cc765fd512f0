"""The versioning of an S3 bucket is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import among, found, negated
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_TOKENS = frozenset({"aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"})


def check(facts: Facts) -> Iterator[Result]:
    """The status must be Enabled: Suspended keeps old versions, but no new ones."""
    on = among(look(facts.props, "versioningConfiguration", "status"), {"Enabled"})
    yield from found(negated(on), "versioningConfiguration.status", what="versioning is not on")


RULE = Rule(
    id="s3-versioning-on",
    title="The versioning of an S3 bucket is on",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="In a bucket without versions an object that is overwritten or deleted by mistake is gone.",
    fix="set versioningConfiguration.status to Enabled, and let a lifecycle rule drop old versions",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    applies=_TOKENS.__contains__,
    check=check,
)
