"""Railway sends visitors to a new deployment only when that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.railway import INSTANCE
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each service must name the path that Railway asks; one on a schedule ends, and has none."""
    path = look(facts.props, "healthcheckPath")
    schedule = look(facts.props, "cronSchedule")
    if schedule is UNKNOWN and not _path(path):
        yield Pending(where="cronSchedule")
    elif not schedule:
        yield from demand(
            path, _path, where="healthcheckPath", what="Railway does not ask whether a deployment answers"
        )


def _path(path: Value) -> bool:
    return isinstance(path, str) and path.startswith("/")


RULE = Rule(
    id="railway-health-check",
    title="Railway services have a health check",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Without it a deployment that starts and does not answer takes the place of the one that did (DL-3).",
    fix="set healthcheckPath, as /api/health",
    link="https://docs.railway.com/reference/healthchecks",
    applies=INSTANCE.__eq__,
    check=check,
)
