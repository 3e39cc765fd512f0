"""Services are reached inside the cluster; the way in is the ingress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import kinds, objects
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts, Value


def check(facts: Facts) -> Iterator[Result]:
    """No service may take a port of the nodes, a load balancer or an outer address."""
    for service in objects(facts):
        yield from demand(
            service.look("spec", "type"),
            _inner,
            where=service.at("spec.type"),
            what="the service is open outside of the cluster",
        )
        yield from demand(
            service.look("spec", "externalIPs"),
            _none,
            where=service.at("spec.externalIPs"),
            what="the service takes over traffic to addresses that it names itself",
            fix="remove externalIPs",
        )


def _inner(kind: Value) -> bool:
    return kind is None or kind in ("ClusterIP", "ExternalName")


def _none(addresses: Value) -> bool:
    return addresses is None or addresses == []


RULE = Rule(
    id="service-not-exposed",
    title="No service is open outside of the cluster, but by the ingress",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A port of the nodes or a load balancer of its own goes past the edge: past TLS, firewall and rate limit.",
    fix="set type: ClusterIP and reach it through the ingress; one that must be open is listed in "
    "policies/suppressions.yaml, with owner and reason",
    link="https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
    applies=kinds("core", "Service"),
    check=check,
)
