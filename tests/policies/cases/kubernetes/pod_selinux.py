"""Cases of `pod-selinux`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.containers[0].securityContext.seLinuxOptions"
_POD = f"{CRON}.spec.securityContext.seLinuxOptions"

PASS = {
    "left out": cron(secured()),
    "empty": cron(secured(seLinuxOptions={"type": "", "user": "", "role": ""})),
    "a level": cron(secured(seLinuxOptions={"level": "s0:c123,c456"})),
    **{
        kind: cron(secured(seLinuxOptions={"type": kind}))
        for kind in ("container_t", "container_init_t", "container_kvm_t", "container_engine_t")
    },
}
FAIL = {
    "a type": (cron(secured(seLinuxOptions={"type": "spc_t"})), (f"{_AT}.type",)),
    "a user": (cron(secured(seLinuxOptions={"user": "system_u"})), (f"{_AT}.user",)),
    "a role": (cron(secured(), securityContext={"seLinuxOptions": {"role": "sysadm_r"}}), (f"{_POD}.role",)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the type": (cron(secured(seLinuxOptions={"type": UNKNOWN})), (f"?{_AT}.type",)),
}
