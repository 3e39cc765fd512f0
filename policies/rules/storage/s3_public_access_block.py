"""A public access block blocks everything that it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = frozenset(
    {
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    }
)
_ACCESS_POINT = "aws:s3/accessPoint:AccessPoint"
_SETTINGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")


def check(facts: Facts) -> Iterator[Result]:
    """All four settings must be true. Left out they are false, save on an access point, where they are true."""
    access_point = facts.token == _ACCESS_POINT
    holder = look(facts.props, "publicAccessBlockConfiguration") if access_point else facts.props
    prefix = "publicAccessBlockConfiguration." if access_point else ""
    for name in _SETTINGS:
        setting = look(holder, name)
        if setting is UNKNOWN:
            yield Pending(where=f"{prefix}{name}")
        elif setting is not True and not (access_point and setting is None):
            yield Violation(where=f"{prefix}{name}", what=f"{name} is not on")


RULE = Rule(
    id="s3-public-access-block-complete",
    title="A public access block has all four settings on",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Each setting closes another way in: with one of them off a list or a policy opens the bucket again.",
    fix=f"set {', '.join(_SETTINGS)} to true",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    applies=(_BLOCK | {_ACCESS_POINT}).__contains__,
    check=check,
)
