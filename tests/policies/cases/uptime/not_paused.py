"""Cases of `uptime-not-paused`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _monitor(stack: str = "prod", **props: Value) -> Facts:
    return facts("uptimerobot:index:Monitor", props, stack=stack)


PASS = {"left out": _monitor(), "it runs": _monitor(isPaused=False), "elsewhere": _monitor("staging", isPaused=True)}
FAIL = {"it rests": (_monitor(isPaused=True), ("isPaused",))}
PENDING = {"whether it does": (_monitor(isPaused=UNKNOWN), ("?isPaused",))}
