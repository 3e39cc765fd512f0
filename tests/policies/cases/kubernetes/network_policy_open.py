"""Cases of `network-policy-not-open`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "kubernetes:networking.k8s.io/v1:NetworkPolicy"  # noqa: S105 - a Pulumi type token, no password
_WORLD: Value = {"ipBlock": {"cidr": "::/0"}}
_PEERS: list[Value] = [{"podSelector": {"matchLabels": {"a": "b"}}}]
_PORTS: list[Value] = [{"port": 53.0, "protocol": "UDP"}]


def _policy(**spec: Value) -> Facts:
    return facts(_TOKEN, {"spec": spec})


PASS = {
    "nothing is let through": _policy(egress=[], policyTypes=["Egress"]),
    "no rules": _policy(),
    "peers": _policy(ingress=[{"from": _PEERS}], egress=[{"to": _PEERS, "ports": _PORTS}]),
    "one network, on every port": _policy(egress=[{"to": [{"ipBlock": {"cidr": "10.0.0.0/8"}}]}]),
    "the world, on a port": _policy(egress=[{"to": [_WORLD], "ports": [{"port": "https"}]}]),
    "peers on every port of a protocol": _policy(ingress=[{"from": _PEERS, "ports": [{"protocol": "TCP"}]}]),
    "peers on ports that are not known": _policy(ingress=[{"from": _PEERS, "ports": UNKNOWN}]),
    "everyone, on a port": _policy(egress=[{"ports": _PORTS}]),
}
FAIL = {
    "in": (_policy(ingress=[{}]), ("spec.ingress[0].from",)),
    "out": (_policy(egress=[{"to": []}]), ("spec.egress[0].to",)),
    "no ports are all ports": (_policy(egress=[{"to": [], "ports": []}]), ("spec.egress[0].to",)),
    "the peers of the other direction, on the wrong type of rule": (
        _policy(egress=[{"from": _PEERS}]),
        ("spec.egress[0].to",),
    ),
    "the second": (_policy(ingress=[{"from": _PEERS}, {}]), ("spec.ingress[1].from",)),
    "the world is everyone": (_policy(egress=[{"to": [*_PEERS, _WORLD]}]), ("spec.egress[0].to",)),
    "the world but for one address": (
        _policy(egress=[{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]}}]}]),
        ("spec.egress[0].to",),
    ),
    "a protocol without a port": (
        _policy(ingress=[{"ports": [*_PORTS, {"protocol": "TCP"}]}]),
        ("spec.ingress[0].from",),
    ),
    "in a list": (
        facts(f"{_TOKEN}List", {"items": [{"spec": {"egress": [{}]}}]}),
        ("items[0].spec.egress[0].to",),
    ),
}
PENDING = {
    "the peers": (_policy(egress=[{"to": UNKNOWN}]), ("?spec.egress[0].to",)),
    "an address": (
        _policy(egress=[{"to": [{"ipBlock": {"cidr": UNKNOWN}}]}]),
        ("?spec.egress[0].to",),
    ),
    "the ports": (_policy(egress=[{"ports": UNKNOWN}]), ("?spec.egress[0].to",)),
    "the rules": (_policy(egress=UNKNOWN), ("?spec.egress[0].to",)),
}
