"""Cases of `network-default-group-closed`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import facts

_TOKEN = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"  # noqa: S105 - a Pulumi type token, no password
_RULE: Value = {"protocol": "-1", "fromPort": 0.0, "toPort": 0.0, "self": True}

PASS = {
    "no rules": facts(_TOKEN, {"vpcId": "vpc-1"}),
    "empty lists": facts(_TOKEN, {"ingress": [], "egress": []}),
    "another group": facts("aws:ec2/securityGroup:SecurityGroup", {"ingress": [_RULE]}),
}
FAIL = {
    "in": (facts(_TOKEN, {"ingress": [_RULE]}), ("ingress",)),
    "out": (facts(_TOKEN, {"egress": [_RULE]}), ("egress",)),
    "as AWS makes it": (facts(_TOKEN, {"ingress": [_RULE], "egress": [_RULE]}), ("ingress", "egress")),
}
PENDING = {
    "what comes in": (facts(_TOKEN, {"ingress": UNKNOWN}), ("?ingress",)),
    "what goes out": (facts(_TOKEN, {"egress": UNKNOWN}), ("?egress",)),
}
