"""Every R2 bucket has a lifecycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import r2_without
from policies.domain.verdict import any_of, stands
from policies.facts import entries, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_LIFECYCLE = "cloudflare:index/r2BucketLifecycle:R2BucketLifecycle"


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each bucket must have a lifecycle with a rule that is on."""
    for bucket in r2_without(stack, _LIFECYCLE, _works):
        yield Violation(urn=bucket.urn, where="name", what=f"bucket {bucket.name!r} has no lifecycle that is on")


def _works(lifecycle: Facts) -> bool:
    return any_of(stands(look(rule, "enabled"), on=True) for rule in entries(look(lifecycle.props, "rules"))) is True


RULE = StackRule(
    id="r2-lifecycle-present",
    title="Every R2 bucket has a lifecycle",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="What nothing expires is paid for, and must be kept safe, for ever.",
    fix="declare an R2BucketLifecycle with this bucket: how long objects live, by prefix",
    link="https://developers.cloudflare.com/r2/buckets/object-lifecycles/",
    check=check,
)
