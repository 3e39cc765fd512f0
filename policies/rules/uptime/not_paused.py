"""In production no monitor rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, off
from policies.domain.stacks import in_prod
from policies.domain.uptimerobot import MONITOR
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """It must not be paused; left out, it is not."""
    if in_prod(facts):
        yield from demand(look(facts.props, "isPaused"), off, where="isPaused", what="nothing is watched by it")


RULE = Rule(
    id="uptime-not-paused",
    title="In production no monitor is paused",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever paused it for an evening forgets it for a year.",
    fix="set isPaused: false; for a time of work declare a MaintenanceWindow",
    link="https://uptimerobot.com/api/v3/",
    applies=MONITOR.__eq__,
    check=check,
)
