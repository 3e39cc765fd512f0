"""Cases of `uptime-contact-listens`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _contact(**props: Value) -> Facts:
    return facts("uptimerobot:index:AlertContact", props)


PASS = {
    "left out": _contact(),
    "of both": _contact(enableNotificationsFor="UpAndDown", isActive=True),
    "a channel": facts("uptimerobot:index:Integration", {"enableNotificationsFor": "Down"}),
}
FAIL = {
    "of nothing": (_contact(enableNotificationsFor="None"), ("enableNotificationsFor",)),
    "of what is up": (_contact(enableNotificationsFor="Up"), ("enableNotificationsFor",)),
    "switched off": (_contact(isActive=False), ("isActive",)),
    "a channel that is deaf": (
        facts("uptimerobot:index:Integration", {"enableNotificationsFor": "None"}),
        ("enableNotificationsFor",),
    ),
}
PENDING = {
    "of what": (_contact(enableNotificationsFor=UNKNOWN), ("?enableNotificationsFor",)),
    "whether it is on": (_contact(isActive=UNKNOWN), ("?isActive",)),
}
