"""Cases of `pod-not-privileged`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext"
_HOST: Value = {"hostProcess": True}

PASS = {
    "left out": cron(secured()),
    "said": cron(secured(privileged=False, windowsOptions={"hostProcess": False})),
    "other Windows settings": cron(secured(windowsOptions={"runAsUserName": "someone"})),
}
FAIL = {
    "privileged": (cron(secured(privileged=True)), (f"{_AT}.privileged",)),
    "the text false is not false": (cron(secured(privileged="false")), (f"{_AT}.privileged",)),
    "a process of the host": (cron(secured(windowsOptions=_HOST)), (f"{_AT}.windowsOptions.hostProcess",)),
    "all containers of the pod are": (
        cron(secured(), securityContext={"windowsOptions": _HOST}),
        (f"{CRON}.spec.securityContext.windowsOptions.hostProcess",),
    ),
    "an init container": (
        cron(secured(), initContainers=[secured(privileged=True)]),
        (f"{CRON}.spec.initContainers[0].securityContext.privileged",),
    ),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the setting": (cron(secured(privileged=UNKNOWN)), (f"?{_AT}.privileged",)),
    "the options": (cron(secured(windowsOptions=UNKNOWN)), (f"?{_AT}.windowsOptions.hostProcess",)),
}
