"""Cases of `network-default-group-present`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts
from tests.policies.stack import called, naming, part

_VPC = facts("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"})
_TOKEN = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"  # noqa: S105 - a Pulumi type token, no password

PASS = {
    "an empty stack": [],
    "by the network's output": [_VPC, part(_VPC, _TOKEN, "vpcId", {})],
    "by its id": [facts("aws:ec2/vpc:Vpc", {"id": "vpc-1"}), naming("vpc-1", _TOKEN, "vpcId", {})],
}
FAIL = {
    "none": ([_VPC], ("id",)),
    "one of two": ([_VPC, called(_VPC, "other"), part(_VPC, _TOKEN, "vpcId", {})], ("id",)),
    "another group": ([_VPC, part(_VPC, "aws:ec2/securityGroup:SecurityGroup", "vpcId", {})], ("id",)),
}
PENDING = {
    "both ids": ([facts("aws:ec2/vpc:Vpc", {"id": UNKNOWN}), facts(_TOKEN, {"vpcId": UNKNOWN})], ("id",)),
}
