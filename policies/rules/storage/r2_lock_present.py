"""Production's backups on R2 are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.buckets import backups_of_prod, r2_without
from policies.domain.verdict import all_of, any_of, given, stands
from policies.facts import entries, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_LOCK = "cloudflare:index/r2BucketLock:R2BucketLock"


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A bucket with ``backup`` in its name must have a lock with a rule that is on."""
    for bucket in r2_without(stack, _LOCK, _works):
        if backups_of_prod(bucket):
            what = f"bucket {bucket.name!r} holds backups that can be deleted or overwritten"
            yield Violation(urn=bucket.urn, where="name", what=what)


def _works(lock: Facts) -> bool:
    rules = entries(look(lock.props, "rules"))
    kept = (all_of((stands(look(rule, "enabled"), on=True), given(look(rule, "condition", "type")))) for rule in rules)
    return any_of(kept) is True


RULE = StackRule(
    id="r2-lock-present",
    title="Production's backups on R2 are locked",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever steals the key that writes backups deletes them first; a lock refuses even the owner.",
    fix="declare an R2BucketLock with this bucket, a rule for each prefix, each shorter than its objects live",
    link="https://developers.cloudflare.com/r2/buckets/bucket-locks/",
    check=check,
)
