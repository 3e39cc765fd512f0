"""Cases of `kubernetes-alert-tier`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import CRON, facts

_TIER = "groundwork.dev/alert-tier"
_AT = f'metadata.labels["{_TIER}"]'
_CRON = "kubernetes:batch/v1:CronJob"


def _meta(tier: Value) -> dict[str, Value]:
    return {"metadata": {"labels": {_TIER: tier}}}


def _cron(own: Value = "critical", pods: Value = "critical") -> Facts:
    spec: Value = {"jobTemplate": {"spec": {"template": _meta(pods)}}}
    return facts(_CRON, {**_meta(own), "spec": spec})


PASS = {
    **{tier: facts("kubernetes:core/v1:Service", _meta(tier)) for tier in ("critical", "info", "warning")},
    "a job and its pods": _cron(),
    "an ingress": facts("kubernetes:networking.k8s.io/v1:Ingress", _meta("warning")),
    "a pod": facts("kubernetes:core/v1:Pod", _meta("info")),
    "pods in a list": facts("kubernetes:core/v1:PodList", {"items": [_meta("info")]}),
    "no such thing": facts("kubernetes:core/v1:ConfigMap", {}),
    "a policy of the network": facts("kubernetes:networking.k8s.io/v1:NetworkPolicy", {}),
}
FAIL = {
    "a service without one": (facts("kubernetes:core/v1:Service", {}), (_AT,)),
    "an ingress without one": (facts("kubernetes:networking.k8s.io/v1:Ingress", {}), (_AT,)),
    "a tier that is none": (facts("kubernetes:core/v1:Service", _meta("urgent")), (_AT,)),
    "an empty one": (facts("kubernetes:core/v1:Service", _meta("")), (_AT,)),
    "the job": (_cron(own="urgent"), (_AT,)),
    "its pods": (_cron(pods=None), (f"{CRON}.{_AT}",)),
    "a pod, told once": (facts("kubernetes:core/v1:Pod", {}), (_AT,)),
    "a pod in a list, told once": (facts("kubernetes:core/v1:PodList", {"items": [{}]}), (f"items[0].{_AT}",)),
}
PENDING = {
    "the tier": (facts("kubernetes:core/v1:Service", _meta(UNKNOWN)), (f"?{_AT}",)),
    "the pods'": (_cron(pods=UNKNOWN), (f"?{CRON}.{_AT}",)),
    "the labels": (facts("kubernetes:core/v1:Service", {"metadata": UNKNOWN}), (f"?{_AT}",)),
}
