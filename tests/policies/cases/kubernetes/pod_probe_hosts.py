"""Cases of `pod-probes-stay-home`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron

_AT = f"{CRON}.spec.containers[0]"
_HTTP: Value = {"httpGet": {"port": 80.0, "host": "169.254.169.254"}}
_TCP: Value = {"tcpSocket": {"port": 80.0, "host": "10.0.0.1"}}

PASS = {
    "no calls": cron(container()),
    "calls to the pod": cron(
        container(
            livenessProbe={"httpGet": {"port": 80.0}},
            readinessProbe={"tcpSocket": {"port": 80.0, "host": ""}},
            lifecycle={"preStop": {"exec": {"command": ["true"]}}},
        )
    ),
}
FAIL = {
    **{
        f"{kind} of {probe}": (cron(container(**{probe: call})), (f"{_AT}.{probe}.{kind}.host",))
        for probe in ("livenessProbe", "readinessProbe", "startupProbe")
        for kind, call in (("httpGet", _HTTP), ("tcpSocket", _TCP))
    },
    **{
        f"{kind} of {hook}": (cron(container(lifecycle={hook: call})), (f"{_AT}.lifecycle.{hook}.{kind}.host",))
        for hook in ("postStart", "preStop")
        for kind, call in (("httpGet", _HTTP), ("tcpSocket", _TCP))
    },
    "of an init container": (
        cron(container(), initContainers=[container(startupProbe=_HTTP)]),
        (f"{CRON}.spec.initContainers[0].startupProbe.httpGet.host",),
    ),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the host": (
        cron(container(livenessProbe={"httpGet": {"host": UNKNOWN}})),
        (f"?{_AT}.livenessProbe.httpGet.host",),
    ),
    "the probe": (
        cron(container(livenessProbe=UNKNOWN)),
        (f"?{_AT}.livenessProbe.httpGet.host", f"?{_AT}.livenessProbe.tcpSocket.host"),
    ),
}
