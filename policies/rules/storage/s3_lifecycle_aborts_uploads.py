"""The lifecycle of an S3 bucket ends uploads that were never finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, all_of, among, any_of, at_least, found, given, negated
from policies.facts import Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_TOKENS = frozenset(
    {
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
    }
)
#: What narrows a rule to some objects.
_NARROWING = (
    ("prefix",),
    ("filter", "prefix"),
    ("filter", "tag"),
    ("filter", "objectSizeGreaterThan"),
    ("filter", "objectSizeLessThan"),
    ("filter", "and"),
)


def check(facts: Facts) -> Iterator[Result]:
    """One rule that is on and takes the whole bucket must abort incomplete uploads."""
    aborts = any_of(_aborts(rule) for rule in entries(look(facts.props, "rules")))
    yield from found(negated(aborts), "rules", what="no rule for the whole bucket aborts incomplete uploads")


def _aborts(rule: Value) -> Verdict:
    on = among(look(rule, "status"), {"Enabled"})
    days = at_least(look(rule, "abortIncompleteMultipartUpload", "daysAfterInitiation"), 1)
    narrowed = any_of(given(look(rule, *path)) for path in _NARROWING)
    return all_of((on, days, negated(narrowed)))


RULE = Rule(
    id="s3-lifecycle-aborts-uploads",
    title="The lifecycle of an S3 bucket ends unfinished uploads",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="The parts of an upload that broke off are paid for, and no listing of objects shows them.",
    fix="add a rule without prefix or filter that has abortIncompleteMultipartUpload, some days after initiation",
    link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html",
    applies=_TOKENS.__contains__,
    check=check,
)
