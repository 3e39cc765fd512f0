"""Cases of `pod-no-host-namespaces`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured, workload

_AT = f"{CRON}.spec"

PASS = {
    "left out": cron(secured()),
    "said": cron(secured(), hostNetwork=False, hostPID=False, hostIPC=False),
    "users of its own": cron(secured(), hostUsers=False),
}
FAIL = {
    "the network": (cron(secured(), hostNetwork=True), (f"{_AT}.hostNetwork",)),
    "the processes": (cron(secured(), hostPID=True), (f"{_AT}.hostPID",)),
    "the memory": (cron(secured(), hostIPC=True), (f"{_AT}.hostIPC",)),
    "of a bare pod": (workload("core/v1:Pod", secured(), hostNetwork=True), ("spec.hostNetwork",)),
    "the text false is not false": (cron(secured(), hostPID="false"), (f"{_AT}.hostPID",)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the network": (cron(secured(), hostNetwork=UNKNOWN), (f"?{_AT}.hostNetwork",)),
}
