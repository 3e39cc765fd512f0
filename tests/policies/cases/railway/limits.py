"""Cases of `railway-limits`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _instance(**props: Value) -> Facts:
    return facts("railway:index:ServiceInstance", props)


PASS = {
    "both": _instance(memoryGB=1.0, vCPUs=0.5),
    "the least": _instance(memoryGB=0.1, vCPUs=0.1),
    "the most": _instance(memoryGB=32.0, vCPUs=32.0),
}
FAIL = {
    "left out": (_instance(), ("memoryGB", "vCPUs")),
    "one": (_instance(memoryGB=1.0), ("vCPUs",)),
    "nothing": (_instance(memoryGB=0.0, vCPUs=0.0), ("memoryGB", "vCPUs")),
    "more than there is": (_instance(memoryGB=33.0, vCPUs=33.0), ("memoryGB", "vCPUs")),
}
PENDING = {
    "memory": (_instance(memoryGB=UNKNOWN, vCPUs=1.0), ("?memoryGB",)),
    "processors": (_instance(memoryGB=1.0, vCPUs=UNKNOWN), ("?vCPUs",)),
}
