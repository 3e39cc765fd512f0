"""What is watched is asked often enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.uptimerobot import MONITOR, awaits
from policies.domain.verdict import all_of, at_least, at_most, found, negated
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


#: Seconds (OB-2).
_MOST = 300


def check(facts: Facts) -> Iterator[Result]:
    """A monitor must ask each five minutes at least; one that waits for reports has the interval of what it watches."""
    interval = look(facts.props, "interval")
    good = all_of((at_least(interval, 1), at_most(interval, _MOST)))
    broken = all_of((negated(awaits(facts)), negated(good)))
    yield from found(broken, "interval", what=f"it asks less often than each {_MOST} s")


RULE = Rule(
    id="uptime-interval",
    title="UptimeRobot asks every five minutes at least",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="What is asked each half an hour is down for half an hour before anyone hears of it (OB-2, RD-7).",
    fix="set interval to at most 300 seconds",
    link="https://uptimerobot.com/api/v3/",
    applies=MONITOR.__eq__,
    check=check,
)
