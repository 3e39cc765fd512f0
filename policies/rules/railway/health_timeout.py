"""Railway gives up on a deployment that does not answer, in time for a rollback to matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.railway import INSTANCE
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds. Railway's own default, half of what a deployment may take (DL-3).
_LONGEST = 300


def check(facts: Facts) -> Iterator[Result]:
    """The time-out of the health check may be left out, or be up to Railway's default."""
    timeout = look(facts.props, "healthcheckTimeout")
    yield from demand(timeout, _short, where="healthcheckTimeout", what=f"it is not within 1 to {_LONGEST} s")


def _short(timeout: Value) -> bool:
    return timeout is None or between(1, _LONGEST)(timeout)


RULE = Rule(
    id="railway-health-timeout",
    title="Railway waits at most five minutes for a deployment to answer",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="A deployment is done, or seen to have failed, within 10 minutes (DL-3); a service that needs longer to start "
    "is as slow when it is restarted at night.",
    fix="set healthcheckTimeout to a number of seconds up to 300, and make the service start faster",
    link="https://docs.railway.com/reference/healthchecks#healthcheck-timeout",
    applies=INSTANCE.__eq__,
    check=check,
)
