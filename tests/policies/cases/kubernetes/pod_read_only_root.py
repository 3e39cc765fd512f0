"""Cases of `pod-read-only-root`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext.readOnlyRootFilesystem"

PASS = {"it is read-only": cron(secured())}
FAIL = {
    "left out, it is writable": (cron(secured(readOnlyRootFilesystem=None)), (_AT,)),
    "writable": (cron(secured(readOnlyRootFilesystem=False)), (_AT,)),
    "the pod's context has no such field": (
        cron(secured(readOnlyRootFilesystem=None), securityContext={"readOnlyRootFilesystem": True}),
        (_AT,),
    ),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the setting": (cron(secured(readOnlyRootFilesystem=UNKNOWN)), (f"?{_AT}",)),
    "the container": (cron(UNKNOWN), (f"?{CRON}.spec.containers[0]",)),
}
