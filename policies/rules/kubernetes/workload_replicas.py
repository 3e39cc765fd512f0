"""In production a service outlives one of its pods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.domain.demand import between
from policies.domain.namespaces import Placed, placed
from policies.domain.objects import kinds
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Severity, StackRule, Violation

_STACK = "prod"

_DEPLOYMENT = kinds("apps", "Deployment")
_SCALER = kinds("autoscaling", "HorizontalPodAutoscaler")
_BUDGET = kinds("policy", "PodDisruptionBudget")

#: `docs/requirements.md` PF-4, PF-11.
_enough = between(3)
#: Workers that are scaled start from two (PF-5): then a budget must keep one while a node is drained.
_enough_with_budget = between(2)


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each Deployment must have three pods at least, or two and a disruption budget; an autoscaler's least counts."""
    prod = [facts for facts in stack if facts.stack == _STACK]
    scalers = [*placed(prod, _SCALER)]
    budgets = [*placed(prod, _BUDGET)]
    for deployment in placed(prod, _DEPLOYMENT):
        least = _least(deployment, scalers)
        covered = any(_covers(budget, deployment) for budget in budgets)
        if not _enough(least) and not (covered and _enough_with_budget(least)):
            yield Violation(
                urn=deployment.facts.urn,
                where=deployment.item.at("spec.replicas"),
                what="the service is down when a pod or two are",
            )


def _least(deployment: Placed, scalers: Sequence[Placed]) -> Value:
    """The smallest number of pods: the autoscaler's where there is one, else its own; left out, both mean 1."""
    bounds = (scaler.item.look("spec", "minReplicas") for scaler in scalers if _scales(scaler, deployment))
    return next(bounds, deployment.item.look("spec", "replicas"))


def _scales(scaler: Placed, deployment: Placed) -> bool:
    """Whether it scales that deployment: by its name, or by an output of it while the name is not known."""
    target = scaler.item.look("spec", "scaleTargetRef")
    name = look(target, "name")
    named = isinstance(name, str) and name == deployment.item.look("metadata", "name")
    made = deployment.facts.urn in scaler.facts.depends.get("spec", ())
    return look(target, "kind") == "Deployment" and ((named and scaler.space == deployment.space) or made)


def _covers(budget: Placed, deployment: Placed) -> bool:
    """Whether a budget picks the deployment's pods by their labels."""
    picks = budget.item.look("spec", "selector", "matchLabels")
    labels = deployment.item.look("spec", "template", "metadata", "labels")
    return (
        budget.space == deployment.space
        and isinstance(picks, Mapping)
        and isinstance(labels, Mapping)
        and all(isinstance(value, str) and labels.get(key) == value for key, value in picks.items())
    )


RULE = StackRule(
    id="workload-replicas",
    title="In production a service runs three times at least, or twice with a disruption budget",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="One pod is gone at every rollout, drained node and crash, and the service with it.",
    fix="set replicas: 3, or let an autoscaler start from 2 and declare a PodDisruptionBudget for its pods",
    link="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
    check=check,
)
