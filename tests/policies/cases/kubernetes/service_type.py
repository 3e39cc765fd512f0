"""Cases of `service-not-exposed`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "kubernetes:core/v1:Service"  # noqa: S105 - a Pulumi type token, no password


def _service(**spec: Value) -> Facts:
    return facts(_TOKEN, {"spec": spec})


PASS = {
    "left out": _service(),
    "inner": _service(type="ClusterIP", externalIPs=[]),
    "another name": _service(type="ExternalName", externalName="db.example.com"),
    "another kind of that name": facts("kubernetes:serving.knative.dev/v1:Service", {"spec": {"type": "NodePort"}}),
}
FAIL = {
    "a port of the nodes": (_service(type="NodePort"), ("spec.type",)),
    "a load balancer": (_service(type="LoadBalancer"), ("spec.type",)),
    "a type of tomorrow": (_service(type="WorldWide"), ("spec.type",)),
    "outer addresses": (_service(externalIPs=["192.0.2.1"]), ("spec.externalIPs",)),
    "in a list": (facts(f"{_TOKEN}List", {"items": [{"spec": {"type": "NodePort"}}]}), ("items[0].spec.type",)),
}
PENDING = {
    "the type": (_service(type=UNKNOWN), ("?spec.type",)),
    "the addresses": (_service(externalIPs=UNKNOWN), ("?spec.externalIPs",)),
}
