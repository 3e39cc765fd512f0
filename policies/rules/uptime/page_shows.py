"""A status page shows something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.uptimerobot import STATUS_PAGE
from policies.domain.verdict import any_of, found, negated, stands
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """It must name monitors, or tags of them, or take all; and it must not be paused."""
    props = facts.props
    every = stands(look(props, "autoAddMonitors"), on=True)
    some = (_some(look(props, "monitorIds")), _some(look(props, "tagIds")))
    yield from found(negated(any_of((every, *some))), "monitorIds", what="it shows no monitor")
    yield from demand(look(props, "status"), _enabled, where="status", what="nobody can see it")


def _some(ids: Value) -> bool | None:
    return None if ids is UNKNOWN else len(entries(ids)) > 0


def _enabled(status: Value) -> bool:
    return status in (None, "ENABLED")


RULE = Rule(
    id="uptime-page-shows",
    title="A status page shows monitors",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="People look at it when the product is down: an empty page tells them that nobody knows.",
    fix="name the monitors in monitorIds, and leave status at ENABLED",
    link="https://uptimerobot.com/api/v3/",
    applies=STATUS_PAGE.__eq__,
    check=check,
)
