"""Cases of `pod-no-privilege-escalation`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext.allowPrivilegeEscalation"

PASS = {"refused": cron(secured())}
FAIL = {
    "left out, it is allowed": (cron(secured(allowPrivilegeEscalation=None)), (_AT,)),
    "allowed": (cron(secured(allowPrivilegeEscalation=True)), (_AT,)),
    "no security context": (cron({"name": "main"}), (_AT,)),
    "the text false is not false": (cron(secured(allowPrivilegeEscalation="false")), (_AT,)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the setting": (cron(secured(allowPrivilegeEscalation=UNKNOWN)), (f"?{_AT}",)),
}
