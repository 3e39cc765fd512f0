"""No S3 bucket or object is opened by its access control list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Canned lists that let in everyone, or everyone with any AWS account (Amazon S3 user guide, "Canned ACL").
_PUBLIC = frozenset({"public-read", "public-read-write", "authenticated-read"})
#: Groups that stand for everyone, or everyone with any AWS account (same page, "Amazon S3 predefined groups").
_GROUPS = ("/groups/global/AllUsers", "/groups/global/AuthenticatedUsers")

_TOKENS = frozenset(
    {
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/bucketAcl:BucketAcl",
        "aws:s3/bucketAclV2:BucketAclV2",
        "aws:s3/bucketObject:BucketObject",
        "aws:s3/bucketObjectv2:BucketObjectv2",
        "aws:s3/objectCopy:ObjectCopy",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """Neither the canned list nor a grant may name everyone."""
    acl = look(facts.props, "acl")
    if acl is UNKNOWN:
        yield Pending(where="acl")
    elif isinstance(acl, str) and acl in _PUBLIC:
        yield Violation(where="acl", what=f"the canned list {acl!r} opens it to everyone")
    yield from _grants("grants", look(facts.props, "grants"), ("uri",))
    policy = look(facts.props, "accessControlPolicy")
    yield from _grants("accessControlPolicy.grants", look(policy, "grants"), ("grantee", "uri"))


def _grants(where: str, grants: Value, uri: tuple[str, ...]) -> Iterator[Result]:
    for place, grant in enumerate(entries(grants)):
        group = look(grant, *uri)
        path = f"{where}[{place}].{'.'.join(uri)}"
        if group is UNKNOWN:
            yield Pending(where=path)
        elif isinstance(group, str) and group.endswith(_GROUPS):
            yield Violation(where=path, what=f"a grant to {group.rpartition('/')[2]} opens it to everyone")


RULE = Rule(
    id="s3-acl-private",
    title="No S3 bucket or object is public by its access control list",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="One such list shows every backup and every user's data to whoever guesses the name.",
    fix="remove the list: a new bucket is private and its access belongs into policies",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
    applies=_TOKENS.__contains__,
    check=check,
)
