"""A stack has no more NAT gateways than zones need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.sizes import sizes
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_TOKEN = "aws:ec2/natGateway:NatGateway"  # noqa: S105 - a Pulumi type token, no password


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each gateway above the stack's bound is one too many, in the order of the program."""
    gateways = [facts for facts in stack if facts.token == _TOKEN]
    for place, gateway in enumerate(gateways):
        most = sizes(gateway).gateways
        if place >= most:
            what = f"{gateway.name!r} is above the {most} of stack {gateway.stack!r}"
            yield Violation(urn=gateway.urn, where="subnetId", what=what)


RULE = StackRule(
    id="cost-nat-gateways",
    title="A stack has one NAT gateway, production one for each of three zones",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="Each is paid for by the hour and by the byte, used or not.",
    fix="route the private subnets through one gateway, or add VPC endpoints for what is called most",
    link="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
    check=check,
)
