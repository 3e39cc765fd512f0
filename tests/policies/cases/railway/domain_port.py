"""Cases of `railway-domain-port`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_OWN, _OF_RAILWAY = "railway:index:CustomDomain", "railway:index:ServiceDomain"

PASS = {
    "one's own": facts(_OWN, {"domain": "api.example.com", "targetPort": 8001.0}),
    "Railway's": facts(_OF_RAILWAY, {"targetPort": 1.0}),
    "the last": facts(_OF_RAILWAY, {"targetPort": 65535.0}),
}
FAIL = {
    "left out": (facts(_OWN, {"domain": "api.example.com"}), ("targetPort",)),
    "Railway's, left out": (facts(_OF_RAILWAY, {}), ("targetPort",)),
    "none": (facts(_OWN, {"targetPort": 0.0}), ("targetPort",)),
    "no port": (facts(_OWN, {"targetPort": 65536.0}), ("targetPort",)),
}
PENDING = {"the port": (facts(_OWN, {"targetPort": UNKNOWN}), ("?targetPort",))}
