"""Cases of `uptime-alerted`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _monitor(contacts: Value) -> Facts:
    return facts("uptimerobot:index:Monitor", {"assignedAlertContacts": contacts})


def _contact(minutes: Value) -> Value:
    return {"alertContactId": "1", "threshold": minutes, "recurrence": 0.0}


_AT = ("assignedAlertContacts",)
PASS = {
    "at once": _monitor([_contact(0.0)]),
    "after two minutes": _monitor([_contact(2.0)]),
    "it says nothing of time": _monitor([{"alertContactId": "1"}]),
    "one of two": _monitor([_contact(30.0), _contact(0.0)]),
    "one of two is enough": _monitor([_contact(UNKNOWN), _contact(0.0)]),
}
FAIL = {
    "left out": (facts("uptimerobot:index:Monitor", {}), _AT),
    "nobody": (_monitor([]), _AT),
    "too late": (_monitor([_contact(3.0), _contact(5.0)]), _AT),
}
PENDING = {
    "the contacts": (_monitor(UNKNOWN), ("?assignedAlertContacts",)),
    "when": (_monitor([_contact(5.0), _contact(UNKNOWN)]), ("?assignedAlertContacts",)),
    "one of them": (_monitor([UNKNOWN]), ("?assignedAlertContacts",)),
}
