"""Each VPC logs its traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.links import Links
from policies.domain.verdict import among
from policies.facts import look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_VPCS = frozenset({"aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"})
_LOG = "aws:ec2/flowLog:FlowLog"
#: What was refused is what one looks for; a log of accepted traffic alone does not show it.
_TRAFFIC = frozenset({"ALL", "REJECT"})


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A log belongs to a VPC whose output its `vpcId` was computed from, or whose id it gives."""
    links = Links((facts for facts in stack if facts.token == _LOG and _logs(facts)), "vpcId", ("id",))
    for vpc in stack:
        if vpc.token in _VPCS and not links.count(vpc):
            yield Violation(urn=vpc.urn, where="id", what=f"VPC {vpc.name!r} has no flow log")


def _logs(log: Facts) -> bool:
    return among(look(log.props, "trafficType"), _TRAFFIC) is True


RULE = StackRule(
    id="network-flow-logs",
    title="Each VPC logs its traffic",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="After a break-in nothing else says what was reached from where.",
    fix="declare a FlowLog with this VPC, trafficType ALL or REJECT",
    link="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    check=check,
)
