"""Cases of `pod-sysctls`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.securityContext"
_SAFE = (
    *("kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports"),
    *("net.ipv4.ip_unprivileged_port_start", "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout"),
    *("net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_keepalive_time"),
    *("net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem"),
)


def _with(sysctls: Value) -> Facts:
    return cron(secured(), securityContext={"sysctls": sysctls})


PASS = {
    "none": cron(secured()),
    **{name: _with([{"name": name, "value": "1"}]) for name in _SAFE},
}
FAIL = {
    "one of the node": (_with([{"name": "kernel.core_pattern", "value": "|/x"}]), (f"{_AT}.sysctls[0].name",)),
    "beside a safe one": (_with([{"name": _SAFE[0]}, {"name": "vm.swappiness"}]), (f"{_AT}.sysctls[1].name",)),
    "without a name": (_with([{}]), (f"{_AT}.sysctls[0].name",)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the name": (_with([{"name": UNKNOWN}]), (f"?{_AT}.sysctls[0].name",)),
    "all of them": (_with(UNKNOWN), (f"?{_AT}.sysctls[0].name",)),
}
