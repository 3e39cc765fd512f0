"""A deployment that does not come up is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.railway import DEPLOYMENT
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds: what a deployment may take (DL-3).
_LONGEST = 600


def check(facts: Facts) -> Iterator[Result]:
    """It may be left to the provider how long is waited, else it must be at most ten minutes."""
    timeout = look(facts.props, "timeoutSeconds")
    yield from demand(timeout, _short, where="timeoutSeconds", what=f"it is not within 1 to {_LONGEST} s")


def _short(timeout: Value) -> bool:
    return timeout is None or between(1, _LONGEST)(timeout)


RULE = Rule(
    id="railway-deployment-bounded",
    title="A deployment on Railway is done, or given up, within ten minutes",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A deployment takes less than 10 minutes (DL-3): what takes longer has failed, and its rollback has to begin.",
    fix="set timeoutSeconds to at most 600, or leave it out",
    link="https://docs.railway.com/reference/deployments",
    applies=DEPLOYMENT.__eq__,
    check=check,
)
