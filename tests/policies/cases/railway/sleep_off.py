"""Cases of `railway-no-sleep`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _instance(stack: str = "prod", **props: Value) -> Facts:
    return facts("railway:index:ServiceInstance", props, stack=stack)


PASS = {
    "left out": _instance(),
    "off": _instance(sleepApplication=False),
    "elsewhere": _instance("staging", sleepApplication=True),
}
FAIL = {"on": (_instance(sleepApplication=True), ("sleepApplication",))}
PENDING = {"the setting": (_instance(sleepApplication=UNKNOWN), ("?sleepApplication",))}
