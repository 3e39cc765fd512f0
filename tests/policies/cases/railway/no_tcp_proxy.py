"""Cases of `railway-no-tcp-proxy`: it looks at the type alone, so nothing in the properties can be unknown to it."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

PASS = {"a service": facts("railway:index:ServiceInstance", {"healthcheckPath": "/api/health"})}
FAIL = {"a proxy": (facts("railway:index:TcpProxy", {"applicationPort": 5432.0}), ("applicationPort",))}
PENDING = {
    "an unknown port is open too": (facts("railway:index:TcpProxy", {"applicationPort": UNKNOWN}), ("applicationPort",))
}
