"""When something is down, someone hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.uptimerobot import MONITOR
from policies.domain.verdict import any_of, at_most, found, given, negated
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Minutes (OB-2).
_MOST = 2


def check(facts: Facts) -> Iterator[Result]:
    """One contact at least must be told within two minutes; left out, it is told at once."""
    contacts = entries(look(facts.props, "assignedAlertContacts"))
    soon = any_of(_soon(contact) for contact in contacts)
    yield from found(negated(soon), "assignedAlertContacts", what=f"nobody is told within {_MOST} minutes")


def _soon(contact: Value) -> bool | None:
    threshold = look(contact, "threshold")
    return any_of((negated(given(threshold)), at_most(threshold, _MOST)))


RULE = Rule(
    id="uptime-alerted",
    title="A monitor tells someone within two minutes",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A monitor without a contact turns a lamp red on a page that nobody looks at (OB-2).",
    fix="assign a contact with a threshold of at most 2 minutes",
    link="https://uptimerobot.com/api/v3/",
    applies=MONITOR.__eq__,
    check=check,
)
