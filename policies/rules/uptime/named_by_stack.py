"""What two stacks keep on one account has two names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.stacks import in_prod
from policies.domain.uptimerobot import INTEGRATION, MAINTENANCE_WINDOW, MONITOR, MONITOR_GROUP, STATUS_PAGE
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


#: The property that is the name, by type.
_NAMES = {
    INTEGRATION: "friendlyName",
    MAINTENANCE_WINDOW: "name",
    MONITOR: "friendlyName",
    MONITOR_GROUP: "name",
    STATUS_PAGE: "friendlyName",
}


def check(facts: Facts) -> Iterator[Result]:
    """Outside of production the name must hold the stack's."""
    if not in_prod(facts):
        where, stack = _NAMES[facts.token], facts.stack
        what = f"the name does not say that it is of stack {stack!r}"
        yield from demand(
            look(facts.props, where), lambda name: isinstance(name, str) and stack in name, where=where, what=what
        )


RULE = Rule(
    id="uptime-named-by-stack",
    title="Outside of production, names on UptimeRobot hold the stack's",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="One account serves all stacks, and a thing there is known by its name: two of one name are taken for each "
    "other.",
    fix="put the stack's name into it, as amoisekai-staging-health",
    link="https://uptimerobot.com/api/v3/",
    applies=_NAMES.__contains__,
    check=check,
)
