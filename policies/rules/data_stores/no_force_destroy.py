"""What is not empty cannot be deleted in production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.stacks import in_prod
from policies.domain.verdict import found, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The switch that deletes what is in it along with it, by type; left out it is off in each.
SWITCH = {
    "aws:backup/vault:Vault": "forceDestroy",
    "aws:ecr/repository:Repository": "forceDelete",
    "aws:route53/zone:Zone": "forceDestroy",
    "aws:s3/bucket:Bucket": "forceDestroy",
    "aws:s3/bucketV2:BucketV2": "forceDestroy",
    "aws:s3/directoryBucket:DirectoryBucket": "forceDestroy",
}


def check(facts: Facts) -> Iterator[Result]:
    """In production the switch must be off."""
    if in_prod(facts):
        name = SWITCH[facts.token]
        off = stands(look(facts.props, name), on=False)
        yield from found(negated(off), name, what=f"{facts.name!r} is deleted with all that is in it")


RULE = Rule(
    id="data-no-force-destroy",
    title="What is not empty cannot be deleted in production",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A bucket that is not empty refuses its deletion: the last thing that stands before a mistake.",
    fix="leave it out; to delete on purpose, empty it by hand first",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
    applies=SWITCH.__contains__,
    check=check,
)
