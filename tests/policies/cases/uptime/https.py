"""Cases of `uptime-https`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _monitor(kind: Value, url: Value) -> Facts:
    return facts("uptimerobot:index:Monitor", {"type": kind, "url": url})


_AT = ("url",)
PASS = {
    "by TLS": _monitor("HTTP", "https://api.example.com/api/health"),
    "an address that is none of the web's": _monitor("PORT", "db.example.com"),
    "none": _monitor("HEARTBEAT", None),
    "by TLS, whatever it is": _monitor(UNKNOWN, "https://api.example.com"),
    "not of the web, whatever it asks": _monitor("PING", UNKNOWN),
}
FAIL = {
    "in the clear": (_monitor("HTTP", "http://api.example.com"), _AT),
    "left out": (facts("uptimerobot:index:Monitor", {"type": "KEYWORD"}), _AT),
    "an address of nothing": (_monitor("API", "api.example.com"), _AT),
}
PENDING = {
    "the address": (_monitor("HTTP", UNKNOWN), ("?url",)),
    "what it is": (_monitor(UNKNOWN, "http://api.example.com"), ("?url",)),
}
