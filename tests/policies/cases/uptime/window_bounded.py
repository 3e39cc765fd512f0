"""Cases of `uptime-window-bounded`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _window(interval: Value, minutes: Value) -> Facts:
    return facts("uptimerobot:index:MaintenanceWindow", {"interval": interval, "duration": minutes})


_AT = ("duration",)
_LONGEST = {"once": 216.0, "monthly": 216.0, "weekly": 50.0, "daily": 7.0}
PASS = {
    **{f"{interval}, the longest": _window(interval, longest) for interval, longest in _LONGEST.items()},
    "a minute": _window("daily", 1.0),
}
FAIL = {
    **{f"{interval}, too long": (_window(interval, longest + 1), _AT) for interval, longest in _LONGEST.items()},
    "no time": (_window("once", 0.0), _AT),
    "left out": (facts("uptimerobot:index:MaintenanceWindow", {"interval": "once"}), _AT),
    "of another kind": (_window("hourly", 1.0), _AT),
    "too long, however often": (_window(UNKNOWN, 217.0), _AT),
}
PENDING = {
    "how long": (_window("weekly", UNKNOWN), ("?duration",)),
    "how often": (_window(UNKNOWN, 60.0), ("?duration",)),
}
