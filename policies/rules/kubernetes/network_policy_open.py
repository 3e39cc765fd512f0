"""Network policies name whom they let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import Object, kinds, objects
from policies.facts import UNKNOWN, Facts, Value, entries
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each rule of each direction must name peers or ports: one that names neither lets all through."""
    for policy in objects(facts):
        for direction, peers in (("ingress", "from"), ("egress", "to")):
            for place, rule in enumerate(entries(policy.look("spec", direction))):
                yield from _rule(Object(path=policy.at("spec", f"{direction}[{place}]"), body=rule), peers)


def _rule(rule: Object, peers: str) -> Iterator[Result]:
    if rule.look(peers) is UNKNOWN or rule.look("ports") is UNKNOWN:
        yield Pending(where=rule.path)
    elif not entries(rule.look("ports")):
        yield from demand(
            rule.look(peers), _named, where=rule.at(peers), what="the rule lets everyone through, on every port"
        )


def _named(peers: Value) -> bool:
    return len(entries(peers)) > 0


RULE = Rule(
    id="network-policy-not-open",
    title="No network policy lets everyone through",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Policies add up: one that lets all through undoes the default deny beside it.",
    fix="name the peers, or at least the ports",
    link="https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    applies=kinds("networking.k8s.io", "NetworkPolicy"),
    check=check,
)
