"""Cases of `network-policy-not-open`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "kubernetes:networking.k8s.io/v1:NetworkPolicy"  # noqa: S105 - a Pulumi type token, no password
_PEERS: Value = [{"podSelector": {"matchLabels": {"a": "b"}}}]
_PORTS: Value = [{"port": 53.0, "protocol": "UDP"}]


def _policy(**spec: Value) -> Facts:
    return facts(_TOKEN, {"spec": spec})


PASS = {
    "nothing is let through": _policy(egress=[], policyTypes=["Egress"]),
    "no rules": _policy(),
    "peers": _policy(ingress=[{"from": _PEERS}], egress=[{"to": _PEERS, "ports": _PORTS}]),
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
    "in a list": (
        facts(f"{_TOKEN}List", {"items": [{"spec": {"egress": [{}]}}]}),
        ("items[0].spec.egress[0].to",),
    ),
}
PENDING = {
    "the peers": (_policy(egress=[{"to": UNKNOWN}]), ("?spec.egress[0]",)),
    "the ports": (_policy(egress=[{"ports": UNKNOWN}]), ("?spec.egress[0]",)),
    "the rules": (_policy(egress=UNKNOWN), ("?spec.egress[0]",)),
}
