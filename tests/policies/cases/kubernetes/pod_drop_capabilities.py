"""Cases of `pod-drop-capabilities`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext.capabilities"

PASS = {
    "all dropped": cron(secured()),
    "the one that may come back": cron(secured(capabilities={"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]})),
    "an unknown one beside ALL changes nothing": cron(secured(capabilities={"drop": ["ALL", UNKNOWN]})),
}
FAIL = {
    "nothing dropped": (cron(secured(capabilities=None)), (f"{_AT}.drop",)),
    "some dropped": (cron(secured(capabilities={"drop": ["NET_RAW"]})), (f"{_AT}.drop",)),
    "one comes back": (cron(secured(capabilities={"drop": ["ALL"], "add": ["SYS_ADMIN"]})), (f"{_AT}.add",)),
    "one comes back beside an unknown one": (
        cron(secured(capabilities={"drop": ["ALL"], "add": [UNKNOWN, "SYS_ADMIN"]})),
        (f"{_AT}.add",),
    ),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "what is dropped": (cron(secured(capabilities={"drop": UNKNOWN})), (f"?{_AT}.drop",)),
    "what is added": (cron(secured(capabilities={"drop": ["ALL"], "add": [UNKNOWN]})), (f"?{_AT}.add",)),
}
