"""Cases of `pod-probes`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import container, cron, facts, workload

_SPEC = "spec.template.spec"
_HTTP: Value = {"httpGet": {"path": "/api/health", "port": 8001.0}}
_KINDS = (
    *("apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet"),
    *("core/v1:ReplicationController", "extensions/v1beta1:Deployment"),
)


def _served(*, live: Value = _HTTP, ready: Value = _HTTP, **changes: Value) -> dict[str, Value]:
    return container(livenessProbe=live, readinessProbe=ready, **changes)


def _deployment(*containers: Value, **lists: Value) -> Facts:
    return workload("apps/v1:Deployment", *containers, stack="local", **lists)


_BOTH = (f"{_SPEC}.containers[0].livenessProbe", f"{_SPEC}.containers[0].readinessProbe")

PASS = {
    "both": _deployment(_served()),
    **{
        f"asked by {way}": _deployment(_served(live={way: {}}, ready={way: {}}))
        for way in ("exec", "grpc", "httpGet", "tcpSocket")
    },
    "a job tells by its exit code": cron(container()),
    "a pod by itself is no service": workload("core/v1:Pod", container()),
    "an init container ends": _deployment(_served(), initContainers=[container()]),
    "a debugging container can have none": _deployment(_served(), ephemeralContainers=[container()]),
}
FAIL = {
    **{kind: (workload(kind, container()), _BOTH) for kind in _KINDS},
    "in a list": (
        facts("kubernetes:apps/v1:DeploymentList", {"items": [_deployment(container()).props]}),
        tuple(f"items[0].{where}" for where in _BOTH),
    ),
    "one is missing": (_deployment(_served(ready=None)), _BOTH[1:]),
    "a probe that asks nothing": (_deployment(_served(live={"periodSeconds": 10.0})), _BOTH[:1]),
    "a probe that is text": (_deployment(_served(live="yes")), _BOTH[:1]),
    "the second container": (
        _deployment(_served(), _served(live=None)),
        (f"{_SPEC}.containers[1].livenessProbe",),
    ),
    "a sidecar": (
        _deployment(_served(), initContainers=[container(restartPolicy="Always")]),
        (f"{_SPEC}.initContainers[0].livenessProbe", f"{_SPEC}.initContainers[0].readinessProbe"),
    ),
    "what may be a sidecar": (
        _deployment(_served(), initContainers=[_served(ready=None, restartPolicy=UNKNOWN)]),
        (f"{_SPEC}.initContainers[0].readinessProbe",),
    ),
}
PENDING = {
    "the pod": (
        facts("kubernetes:apps/v1:Deployment", {"spec": {"template": UNKNOWN}}),
        (f"?{_SPEC}",),
    ),
    "a probe": (_deployment(_served(live=UNKNOWN)), (f"?{_BOTH[0]}",)),
}
