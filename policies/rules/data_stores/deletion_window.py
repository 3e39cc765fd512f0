"""A deleted key or secret of production can be had back for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.stacks import in_prod
from policies.domain.verdict import at_least, found, negated
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Property, and the least days, by type. KMS takes 7 to 30: with a key all its data goes, so it gets the most.
#: A secret takes 7 to 30, or 0, which deletes at once. Left out it is 30 in each.
_DAYS = {
    "aws:kms/externalKey:ExternalKey": ("deletionWindowInDays", 30),
    "aws:kms/key:Key": ("deletionWindowInDays", 30),
    "aws:kms/replicaKey:ReplicaKey": ("deletionWindowInDays", 30),
    "aws:secretsmanager/secret:Secret": ("recoveryWindowInDays", 7),
}


def check(facts: Facts) -> Iterator[Result]:
    """In production the window must be long enough to notice the mistake."""
    if not in_prod(facts):
        return
    name, days = _DAYS[facts.token]
    value = look(facts.props, name)
    long = True if value is None else at_least(value, days)
    yield from found(negated(long), name, what=f"{facts.name!r} is gone for good in less than {days} d")


RULE = Rule(
    id="data-deletion-window",
    title="A deleted key or secret of production can be had back for a while",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="With a key all that it encrypts is gone; the window is the time to notice.",
    fix="leave it out: it is 30 days then",
    link="https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    applies=_DAYS.__contains__,
    check=check,
)
