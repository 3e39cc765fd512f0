"""No bucket policy lets everyone in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.statements import private
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = frozenset(
    {
        "aws:s3/accessPoint:AccessPoint",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3control/accessPointPolicy:AccessPointPolicy",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """No statement may allow the principal ``*`` unless a condition binds it to someone known."""
    yield from private("policy", look(facts.props, "policy"))


RULE = Rule(
    id="s3-policy-private",
    title="No bucket policy lets everyone in",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="A statement for everyone publishes the bucket, whatever its lists say.",
    fix="name the principals, or add a condition with a fixed account, organization, VPC or source ARN",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    applies=_TOKENS.__contains__,
    check=check,
)
