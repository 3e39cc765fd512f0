"""Cases of `uptime-interval`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _monitor(kind: Value, interval: Value) -> Facts:
    return facts("uptimerobot:index:Monitor", {"type": kind, "interval": interval})


_AT = ("interval",)
PASS = {
    "five minutes": _monitor("HTTP", 300.0),
    "a minute": _monitor("PORT", 60.0),
    "a second": _monitor("PING", 1.0),
    "a report each day": _monitor("HEARTBEAT", 86400.0),
    "often, whatever it is": _monitor(UNKNOWN, 300.0),
    "a report, however often": _monitor("HEARTBEAT", UNKNOWN),
}
FAIL = {
    "left out": (facts("uptimerobot:index:Monitor", {"type": "HTTP"}), _AT),
    "a second too long": (_monitor("HTTP", 301.0), _AT),
    "never": (_monitor("KEYWORD", 0.0), _AT),
}
PENDING = {
    "how often": (_monitor("HTTP", UNKNOWN), ("?interval",)),
    "what it is": (_monitor(UNKNOWN, 600.0), ("?interval",)),
}
