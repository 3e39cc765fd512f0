"""Cases of `cost-nat-gateways`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts
from tests.policies.make import facts
from tests.policies.stack import called

_TOKEN = "aws:ec2/natGateway:NatGateway"  # noqa: S105 - a Pulumi type token, no password


def _gateways(count: int, stack: str = "staging") -> list[Facts]:
    return [called(facts(_TOKEN, {"subnetId": "subnet-1"}, stack=stack), f"nat-{place}") for place in range(count)]


PASS = {
    "an empty stack": [],
    "one": _gateways(1),
    "one for each zone of production": _gateways(3, "prod"),
    "addresses are no gateways": [facts("aws:ec2/eip:Eip", {}), *_gateways(1)],
}
FAIL = {
    "two in staging": (_gateways(2), ("subnetId",)),
    "three in staging": (_gateways(3), ("subnetId", "subnetId")),
    "four in production": (_gateways(4, "prod"), ("subnetId",)),
    "a stack that no list knows is small": (_gateways(2, "preview-7"), ("subnetId",)),
}
PENDING = {
    "unknown properties hide nothing": (
        [*_gateways(1), facts(_TOKEN, {"subnetId": UNKNOWN}, stack="staging")],
        ("subnetId",),
    ),
}
