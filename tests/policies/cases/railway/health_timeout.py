"""Cases of `railway-health-timeout`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _instance(timeout: Value) -> Facts:
    return facts("railway:index:ServiceInstance", {"healthcheckTimeout": timeout})


_AT = ("healthcheckTimeout",)
PASS = {
    "left out": facts("railway:index:ServiceInstance", {}),
    "a minute": _instance(60.0),
    "the shortest": _instance(1.0),
    "the longest": _instance(300.0),
}
FAIL = {
    "too long": (_instance(301.0), _AT),
    "none": (_instance(0.0), _AT),
    "a text": (_instance("60"), _AT),
}
PENDING = {"the time-out": (_instance(UNKNOWN), ("?healthcheckTimeout",))}
