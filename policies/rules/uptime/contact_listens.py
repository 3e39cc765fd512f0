"""A contact is told when something is down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.uptimerobot import ALERT_CONTACT, INTEGRATION
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """It must be active and not deaf to the word that something is down; left out, it is neither."""
    events, active = look(facts.props, "enableNotificationsFor"), look(facts.props, "isActive")
    yield from demand(events, _hears, where="enableNotificationsFor", what="it is not told that something is down")
    yield from demand(active, _on, where="isActive", what="it is switched off")


def _hears(events: Value) -> bool:
    return events in (None, "UpAndDown", "Down")


def _on(active: Value) -> bool:
    return active is None or active is True


RULE = Rule(
    id="uptime-contact-listens",
    title="A contact of UptimeRobot is told of what is down",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A contact that is deaf looks like any other in the list of a monitor's contacts.",
    fix="set enableNotificationsFor: UpAndDown, or Down",
    link="https://uptimerobot.com/api/v3/",
    applies=(ALERT_CONTACT, INTEGRATION).__contains__,
    check=check,
)
