"""Cases of `uptime-integration-https`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _integration(value: Value) -> Facts:
    return facts("uptimerobot:index:Integration", {"type": "Webhook", "value": value})


PASS = {
    "by TLS": _integration("https://hooks.example.com/uptime"),
    "a key": _integration("abc"),
    "hidden by the preview": _integration("[secret]"),
    "none": _integration(None),
}
FAIL = {
    "in the clear": (_integration("http://hooks.example.com/uptime"), ("value",)),
    "in capitals": (_integration("HTTP://hooks.example.com/uptime"), ("value",)),
}
PENDING = {"the address": (_integration(UNKNOWN), ("?value",))}
