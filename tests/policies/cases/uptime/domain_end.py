"""Cases of `uptime-domain-end`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _monitor(kind: Value, *, on: Value) -> Facts:
    return facts("uptimerobot:index:Monitor", {"type": kind, "domainExpirationReminder": on})


_AT = ("domainExpirationReminder",)
PASS = {
    **{kind: _monitor(kind, on=True) for kind in ("HTTP", "KEYWORD", "API")},
    **{f"{kind} has none": _monitor(kind, on=False) for kind in ("PING", "PORT", "HEARTBEAT", "DNS", "UDP")},
    "on, whatever it is": _monitor(UNKNOWN, on=True),
    "none, whatever is said": _monitor("PING", on=UNKNOWN),
}
FAIL = {
    **{f"{kind}, off": (_monitor(kind, on=False), _AT) for kind in ("HTTP", "KEYWORD", "API")},
    "left out": (facts("uptimerobot:index:Monitor", {"type": "HTTP"}), _AT),
    "no switch": (_monitor("HTTP", on=7.0), _AT),
}
PENDING = {
    "the switch": (_monitor("HTTP", on=UNKNOWN), ("?domainExpirationReminder",)),
    "what it is": (_monitor(UNKNOWN, on=False), ("?domainExpirationReminder",)),
}
