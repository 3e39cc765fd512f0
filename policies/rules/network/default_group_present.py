"""Each VPC's default security group is taken over, so that it can be closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.links import Links
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_VPC = "aws:ec2/vpc:Vpc"
_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A default group belongs to a VPC whose output its `vpcId` was computed from, or whose id it gives."""
    groups = Links((facts for facts in stack if facts.token == _GROUP), "vpcId", ("id",))
    for vpc in stack:
        if vpc.token == _VPC and not groups.count(vpc):
            what = f"the default group of VPC {vpc.name!r} is as AWS made it: open among its members"
            yield Violation(urn=vpc.urn, where="id", what=what)


RULE = StackRule(
    id="network-default-group-present",
    title="Each VPC's default security group is taken over",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="AWS makes one with each VPC; only a DefaultSecurityGroup resource closes it.",
    fix="declare a DefaultSecurityGroup with this VPC, without ingress and egress",
    link="https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    check=check,
)
