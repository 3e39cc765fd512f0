"""Cases of `workload-replicas`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_LABELS: Value = {"app": "engine", "tier": "web"}
_NO: Value = "left out"


def _deployment(
    replicas: Value = _NO, *, stack: str = "prod", name: Value = "engine", labels: Value = _LABELS
) -> Facts:
    spec: dict[str, Value] = {"template": {"metadata": {"labels": labels}}}
    metadata: Value = {"name": name, "namespace": "shop"}
    given = spec if replicas == _NO else spec | {"replicas": replicas}
    return facts("kubernetes:apps/v1:Deployment", {"metadata": metadata, "spec": given}, stack=stack)


def _scaler(least: Value = _NO, *, target: Value = "engine", kind: str = "Deployment", space: str = "shop") -> Facts:
    spec: dict[str, Value] = {"scaleTargetRef": {"kind": kind, "name": target}, "maxReplicas": 20.0}
    given = spec if least == _NO else spec | {"minReplicas": least}
    token = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler"  # noqa: S105 - a Pulumi type token, no password
    return facts(token, {"metadata": {"namespace": space}, "spec": given}, stack="prod")


def _budget(*, picks: Value = None, space: str = "shop", stack: str = "prod") -> Facts:
    selector: Value = {"matchLabels": {"app": "engine"} if picks is None else picks}
    return facts(
        "kubernetes:policy/v1:PodDisruptionBudget",
        {"metadata": {"namespace": space}, "spec": {"selector": selector}},
        stack=stack,
    )


_AT = ("spec.replicas",)
_TWO = _deployment(2.0)

PASS = {
    "an empty stack": [],
    "three": [_deployment(3.0)],
    "two and a budget": [_TWO, _budget(space="other"), _budget()],
    "the budget names all labels": [_TWO, _budget(picks=_LABELS)],
    "a budget for every pod of the namespace": [_TWO, _budget(picks={})],
    "an autoscaler from three": [_deployment(), _scaler(3.0)],
    "an autoscaler from two and a budget": [_deployment(), _scaler(2.0), _budget()],
    "the autoscaler counts": [_deployment(1.0), _scaler(3.0)],
    "an autoscaler of an output": [
        _deployment(name=UNKNOWN),
        replace(_scaler(3.0, target=UNKNOWN), depends={"spec": frozenset({_deployment().urn})}),
    ],
    "another stack": [_deployment(1.0, stack="staging")],
    "a stateful set": [facts("kubernetes:apps/v1:StatefulSet", {"spec": {"replicas": 1.0}}, stack="prod")],
}
FAIL = {
    "left out, it is one": ([_deployment()], _AT),
    "one and a budget": ([_deployment(1.0), _budget()], _AT),
    "two": ([_TWO], _AT),
    "two and another namespace's budget": ([_TWO, _budget(space="other")], _AT),
    "two and a budget for others": ([_TWO, _budget(picks={"app": "engine", "tier": "worker"})], _AT),
    "two and a budget in another stack": ([_TWO, _budget(stack="staging")], _AT),
    "two, and no labels for the budget": ([_deployment(2.0, labels=None), _budget(picks={})], _AT),
    "two and a budget that picks by no text": (
        [_deployment(2.0, labels={"app": None}), _budget(picks={"app": None})],
        _AT,
    ),
    "the autoscaler counts": ([_deployment(3.0), _scaler(1.0)], _AT),
    "an autoscaler that says nothing": ([_deployment(3.0), _scaler()], _AT),
    "another's autoscaler": ([_deployment(), _scaler(3.0, target="worker")], _AT),
    "another namespace's autoscaler": ([_deployment(), _scaler(3.0, space="other")], _AT),
    "two without a name": ([_deployment(name=None), _scaler(3.0, target=None)], _AT),
    "an autoscaler of another kind": ([_deployment(), _scaler(3.0, kind="StatefulSet")], _AT),
    "in a list": (
        [facts("kubernetes:apps/v1:DeploymentList", {"items": [_deployment().props]}, stack="prod")],
        ("items[0].spec.replicas",),
    ),
}
PENDING = {
    # What was not seen to be enough is not: the update asks again, with every number known.
    "the number": ([_deployment(UNKNOWN)], _AT),
    "the autoscaler's": ([_deployment(), _scaler(UNKNOWN)], _AT),
    "whom the budget picks": ([_TWO, _budget(picks=UNKNOWN)], _AT),
    "a label that it picks by": ([_TWO, _budget(picks={"app": UNKNOWN})], _AT),
    "the labels": ([_deployment(2.0, labels=UNKNOWN), _budget()], _AT),
    "two names": ([_deployment(name=UNKNOWN), _scaler(3.0, target=UNKNOWN)], _AT),
}
