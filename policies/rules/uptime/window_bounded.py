"""A time of work is short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.uptimerobot import MAINTENANCE_WINDOW
from policies.domain.verdict import all_of, among, any_of, at_least, at_most, found, negated
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


#: Minutes of a month in which a product may be down (RD-5: 99.5 % of 30 days), by how often the window comes round.
_MOST = {"once": 216, "monthly": 216, "weekly": 50, "daily": 7}


def check(facts: Facts) -> Iterator[Result]:
    """All that a window takes of a month must not be more than what a product may be down in it."""
    interval, duration = look(facts.props, "interval"), look(facts.props, "duration")
    short = any_of(
        all_of((among(interval, (name,)), at_least(duration, 1), at_most(duration, most)))
        for name, most in _MOST.items()
    )
    yield from found(negated(short), "duration", what="it takes more of a month than a product may be down")


RULE = Rule(
    id="uptime-window-bounded",
    title="A maintenance window is no longer than a product may be down",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="In it nobody is told of anything: a long one hides the outage that the work brought about (RD-5).",
    fix="shorten it: 216 minutes once or each month, 50 each week, 7 each day",
    link="https://uptimerobot.com/api/v3/",
    applies=MAINTENANCE_WINDOW.__eq__,
    check=check,
)
