"""Cases of `pod-proc-mount`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext.procMount"

PASS = {"left out": cron(secured()), "said": cron(secured(procMount="Default"))}
FAIL = {
    "unmasked": (cron(secured(procMount="Unmasked")), (_AT,)),
    # The restricted profile forbids it even for a pod with users of its own; the baseline does not.
    "unmasked, with users of its own": (cron(secured(procMount="Unmasked"), hostUsers=False), (_AT,)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the kind": (cron(secured(procMount=UNKNOWN)), (f"?{_AT}",)),
}
