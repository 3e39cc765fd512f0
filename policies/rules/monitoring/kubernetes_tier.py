"""Every service, workload and job of the cluster says whom its alerts reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import kinds, objects
from policies.domain.pods import holds_pods, pods
from policies.domain.required import ALERT_TIER, ALERT_TIERS
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SERVICE = kinds("core", "Service")
_INGRESS = kinds("networking.k8s.io", "Ingress")


def check(facts: Facts) -> Iterator[Result]:
    """The object and the pods that it makes must carry the label, with a tier that exists."""
    for item in objects(facts):
        yield from _label(item.at("metadata.labels"), item.look("metadata", "labels"))
    for pod in pods(facts):
        # A bare pod's own metadata is the object's.
        if pod.path and not pod.path.endswith("]"):
            yield from _label(pod.at("metadata.labels"), look(pod.metadata, "labels"))


def _label(where: str, labels: Value) -> Iterator[Result]:
    tier = look(labels, ALERT_TIER)
    yield from demand(tier, _exists, where=f'{where}["{ALERT_TIER}"]', what="nobody can tell whom an alert is to reach")


def _exists(tier: Value) -> bool:
    return tier in ALERT_TIERS


RULE = Rule(
    id="kubernetes-alert-tier",
    title="Services, workloads and jobs of the cluster have an alert tier",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Alerts are routed by the label (OB-31): one about a thing without it, or with a misspelt one, reaches nobody.",
    fix=f"set the label {ALERT_TIER} to one of {', '.join(ALERT_TIERS)}, as infra/naming.py makes it",
    link="https://prometheus.io/docs/alerting/latest/configuration/#route",
    applies=lambda token: holds_pods(token) or _SERVICE(token) or _INGRESS(token),
    check=check,
)
