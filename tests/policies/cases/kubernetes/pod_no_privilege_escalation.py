"""Cases of `pod-no-privilege-escalation`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext"

PASS = {"refused": cron(secured()), "said twice": cron(secured(privileged=False))}
FAIL = {
    "left out, it is allowed": (cron(secured(allowPrivilegeEscalation=None)), (f"{_AT}.allowPrivilegeEscalation",)),
    "allowed": (cron(secured(allowPrivilegeEscalation=True)), (f"{_AT}.allowPrivilegeEscalation",)),
    "privileged": (cron(secured(privileged=True)), (f"{_AT}.privileged",)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the setting": (cron(secured(allowPrivilegeEscalation=UNKNOWN)), (f"?{_AT}.allowPrivilegeEscalation",)),
    "privileged": (cron(secured(privileged=UNKNOWN)), (f"?{_AT}.privileged",)),
}
