"""Cases of `network-flow-logs`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts
from tests.policies.stack import called, naming, part

_VPC = facts("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"})
_TOKEN = "aws:ec2/flowLog:FlowLog"  # noqa: S105 - a Pulumi type token, no password

PASS = {
    "an empty stack": [],
    "all traffic": [_VPC, part(_VPC, _TOKEN, "vpcId", {"trafficType": "ALL"})],
    "what was refused": [_VPC, part(_VPC, _TOKEN, "vpcId", {"trafficType": "REJECT"})],
    "by its id": [
        facts("aws:ec2/vpc:Vpc", {"id": "vpc-1"}),
        naming("vpc-1", _TOKEN, "vpcId", {"trafficType": "ALL"}),
    ],
}
FAIL = {
    "none": ([_VPC], ("id",)),
    "the default network": ([facts("aws:ec2/defaultVpc:DefaultVpc", {})], ("id",)),
    "one of two": (
        [_VPC, called(_VPC, "other"), part(_VPC, _TOKEN, "vpcId", {"trafficType": "ALL"})],
        ("id",),
    ),
    "what was accepted": ([_VPC, part(_VPC, _TOKEN, "vpcId", {"trafficType": "ACCEPT"})], ("id",)),
    "one subnet's": ([_VPC, part(_VPC, _TOKEN, "subnetId", {"trafficType": "ALL"})], ("id",)),
}
PENDING = {
    "traffic that was not seen": ([_VPC, part(_VPC, _TOKEN, "vpcId", {"trafficType": UNKNOWN})], ("id",)),
}
