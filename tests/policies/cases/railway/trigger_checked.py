"""Cases of `railway-trigger-checked`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _trigger(*, waits: Value) -> Facts:
    return facts("railway:index:DeploymentTrigger", {"checkSuites": waits})


PASS = {"it waits": _trigger(waits=True)}
FAIL = {
    "left out": (facts("railway:index:DeploymentTrigger", {}), ("checkSuites",)),
    "it does not": (_trigger(waits=False), ("checkSuites",)),
}
PENDING = {"whether it does": (_trigger(waits=UNKNOWN), ("?checkSuites",))}
