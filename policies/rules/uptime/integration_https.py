"""Alerts travel to other services by TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.uptimerobot import INTEGRATION
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Where an integration's value is an address, it must not be one of plain HTTP."""
    yield from demand(look(facts.props, "value"), _not_plain, where="value", what="alerts are sent in the clear")


def _not_plain(value: Value) -> bool:
    return not (isinstance(value, str) and value.lower().startswith("http:"))


RULE = Rule(
    id="uptime-integration-https",
    title="UptimeRobot sends alerts by TLS",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="An address of this kind is a key: whoever reads it on the way can send alerts, or drop them.",
    fix="begin the address with https://",
    link="https://uptimerobot.com/api/v3/",
    applies=INTEGRATION.__eq__,
    check=check,
)
