"""Cases of `pod-no-host-ports`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron

_AT = f"{CRON}.spec.containers[0].ports"

PASS = {
    "no ports": cron(container()),
    "a port of its own": cron(container(ports=[{"containerPort": 80.0}])),
    "0 is none": cron(container(ports=[{"containerPort": 80.0, "hostPort": 0.0}])),
}
FAIL = {
    "a port of the node": (cron(container(ports=[{"containerPort": 80.0, "hostPort": 80.0}])), (f"{_AT}[0].hostPort",)),
    "the lowest": (cron(container(ports=[{"hostPort": 1.0}])), (f"{_AT}[0].hostPort",)),
    "the second": (cron(container(ports=[{}, {"hostPort": "80"}])), (f"{_AT}[1].hostPort",)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the port": (cron(container(ports=[{"hostPort": UNKNOWN}])), (f"?{_AT}[0].hostPort",)),
    "the ports": (cron(container(ports=UNKNOWN)), (f"?{_AT}[0].hostPort",)),
}
