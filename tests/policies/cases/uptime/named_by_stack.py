"""Cases of `uptime-named-by-stack`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_FRIENDLY = ("Integration", "Monitor", "StatusPage")
_NAMED = ("MaintenanceWindow", "MonitorGroup")


def _thing(kind: str, key: str, name: Value, stack: str = "staging") -> Facts:
    return facts(f"uptimerobot:index:{kind}", {key: name}, stack=stack)


PASS = {
    **{kind: _thing(kind, "friendlyName", "amoisekai-staging-health") for kind in _FRIENDLY},
    **{kind: _thing(kind, "name", "Amoisekai, staging") for kind in _NAMED},
    "in production": _thing("Monitor", "friendlyName", "amoisekai", "prod"),
    "an address has no name of ours": facts("uptimerobot:index:AlertContact", {"friendlyName": "ops"}, stack="staging"),
}
FAIL = {
    **{kind: (_thing(kind, "friendlyName", "amoisekai"), ("friendlyName",)) for kind in _FRIENDLY},
    **{kind: (_thing(kind, "name", "amoisekai"), ("name",)) for kind in _NAMED},
    "another stack's": (_thing("MonitorGroup", "name", "amoisekai-staging", "local"), ("name",)),
    "left out": (facts("uptimerobot:index:Monitor", {}, stack="staging"), ("friendlyName",)),
}
PENDING = {"the name": (_thing("Monitor", "friendlyName", UNKNOWN), ("?friendlyName",))}
