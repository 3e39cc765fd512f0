"""Cases of `pod-seccomp`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext.seccompProfile.type"
_POD = f"{CRON}.spec.securityContext.seccompProfile.type"
_GOOD: Value = {"type": "RuntimeDefault"}
_LOOSE: Value = {"type": "Unconfined"}

PASS = {
    "the pod's": cron(secured(), securityContext={"seccompProfile": _GOOD}),
    "the container's": cron(secured(seccompProfile=_GOOD)),
    "one of the node": cron(secured(seccompProfile={"type": "Localhost", "localhostProfile": "strict.json"})),
    "a pod without containers": cron(),
}
FAIL = {
    "left out": (cron(secured()), (_AT,)),
    "the container takes it back": (
        cron(secured(seccompProfile=_LOOSE), securityContext={"seccompProfile": _GOOD}),
        (_AT,),
    ),
    "the pod, told once": (cron(secured(), securityContext={"seccompProfile": _LOOSE}), (_POD,)),
    "the pod, although the container has one": (
        cron(secured(seccompProfile=_GOOD), securityContext={"seccompProfile": _LOOSE}),
        (_POD,),
    ),
    "a profile of no type": (cron(secured(seccompProfile={})), (_AT,)),
    "an init container": (
        cron(secured(seccompProfile=_GOOD), initContainers=[secured()]),
        (f"{CRON}.spec.initContainers[0].securityContext.seccompProfile.type",),
    ),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the type": (cron(secured(seccompProfile={"type": UNKNOWN})), (f"?{_AT}",)),
    "the pod's context": (cron(secured(), securityContext=UNKNOWN), (f"?{_POD}",)),
}
