"""Network policies name whom they let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.networks import is_world
from policies.domain.objects import Object, kinds, objects
from policies.domain.verdict import all_of, any_of, found, given, negated
from policies.facts import Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each rule of each direction must name peers or ports: one that names neither lets all through.

    The world's addresses are no peer, and a protocol without a port no port.
    """
    for policy in objects(facts):
        for direction, peers in (("ingress", "from"), ("egress", "to")):
            for place, rule in enumerate(entries(policy.look("spec", direction))):
                yield from _rule(Object(path=policy.at("spec", f"{direction}[{place}]"), body=rule), peers)


def _rule(rule: Object, peers: str) -> Iterator[Result]:
    named, ports = entries(rule.look(peers)), entries(rule.look("ports"))
    everyone = any_of((not named, *(is_world(look(peer, "ipBlock", "cidr")) for peer in named)))
    every_port = any_of((not ports, *(negated(given(look(port, "port"))) for port in ports)))
    broken = all_of((everyone, every_port))
    yield from found(broken, rule.at(peers), what="the rule lets everyone through, on every port")


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
