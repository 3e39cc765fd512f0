"""Cases of `pod-non-root`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron, facts, secured, workload

_AT = f"{CRON}.spec.containers[0].securityContext"
_POD = f"{CRON}.spec.securityContext"
_TEMPLATES = (
    *("apps/v1:Deployment", "apps/v1:StatefulSet", "apps/v1:DaemonSet", "apps/v1:ReplicaSet"),
    *("core/v1:ReplicationController", "batch/v1:Job"),
)
_BARE = {"spec": {"containers": [{"name": "bare"}]}}
_BARE_AT = "spec.containers[0].securityContext.runAsNonRoot"

PASS = {
    "the container demands it": cron(secured()),
    "the pod demands it": cron(secured(runAsNonRoot=None), securityContext={"runAsNonRoot": True, "runAsUser": 1000.0}),
    "both demand it": cron(secured(runAsUser=7.0), securityContext={"runAsNonRoot": True}),
}
FAIL = {
    "nothing is demanded": (cron(container(securityContext={})), (f"{_AT}.runAsNonRoot",)),
    "no security context at all": (cron({"name": "main"}), (f"{_AT}.runAsNonRoot",)),
    "the container takes the pod's demand back": (
        cron(secured(runAsNonRoot=False), securityContext={"runAsNonRoot": True}),
        (f"{_AT}.runAsNonRoot",),
    ),
    # The admission refuses it too, although each container says otherwise.
    "the pod takes it back": (cron(secured(), securityContext={"runAsNonRoot": False}), (f"{_POD}.runAsNonRoot",)),
    "a pod's fault is told once": (
        cron(secured(runAsNonRoot=None), securityContext={"runAsNonRoot": False}),
        (f"{_POD}.runAsNonRoot",),
    ),
    "user 0": (cron(secured(runAsUser=0.0)), (f"{_AT}.runAsUser",)),
    "user 0 of the pod": (
        cron(secured(runAsUser=7.0), securityContext={"runAsUser": 0.0}),
        (f"{_POD}.runAsUser",),
    ),
    "an init container": (
        cron(secured(), initContainers=[container(securityContext={})]),
        (f"{CRON}.spec.initContainers[0].securityContext.runAsNonRoot",),
    ),
    "a debugging container": (
        cron(secured(), ephemeralContainers=[container(securityContext={})]),
        (f"{CRON}.spec.ephemeralContainers[0].securityContext.runAsNonRoot",),
    ),
    **{f"a pod of {kind}": (workload(kind, {"name": "bare"}), (f"spec.template.{_BARE_AT}",)) for kind in _TEMPLATES},
    "a bare pod": (workload("core/v1:Pod", {"name": "bare"}), (_BARE_AT,)),
    "a pod in a list": (facts("kubernetes:core/v1:PodList", {"items": [{}, _BARE]}), (f"items[1].{_BARE_AT}",)),
    "a template": (facts("kubernetes:core/v1:PodTemplate", {"template": _BARE}), (f"template.{_BARE_AT}",)),
    "the string true is not true": (cron(secured(runAsNonRoot="true")), (f"{_AT}.runAsNonRoot",)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the setting": (cron(secured(runAsNonRoot=UNKNOWN)), (f"?{_AT}.runAsNonRoot",)),
    "the user": (cron(secured(runAsUser=UNKNOWN)), (f"?{_AT}.runAsUser",)),
    "the pod's context": (
        cron(secured(runAsNonRoot=None), securityContext=UNKNOWN),
        (f"?{_POD}.runAsNonRoot", f"?{_POD}.runAsUser"),
    ),
    "the container": (cron(UNKNOWN), (f"?{CRON}.spec.containers[0]",)),
    "the second pod of a list": (
        facts("kubernetes:core/v1:PodList", {"items": [{"spec": UNKNOWN}, _BARE]}),
        ("?items[0].spec", f"items[1].{_BARE_AT}"),
    ),
}
