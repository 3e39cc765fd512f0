"""Cases of `railway-deployment-bounded`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _deployment(seconds: Value) -> Facts:
    return facts("railway:index:Deployment", {"timeoutSeconds": seconds})


_AT = ("timeoutSeconds",)
PASS = {
    "left out": facts("railway:index:Deployment", {}),
    "the shortest": _deployment(1.0),
    "the longest": _deployment(600.0),
}
FAIL = {
    "too long": (_deployment(601.0), _AT),
    "no time": (_deployment(0.0), _AT),
    "a text": (_deployment("300"), _AT),
}
PENDING = {"the time": (_deployment(UNKNOWN), ("?timeoutSeconds",))}
