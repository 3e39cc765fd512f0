"""A VPC's default security group lets nothing through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import found
from policies.facts import UNKNOWN, Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """It must have no rule, in or out: the resource takes every rule away that it does not name."""
    for direction in ("ingress", "egress"):
        rules = look(facts.props, direction)
        open_ = None if rules is UNKNOWN else bool(entries(rules))
        yield from found(open_, direction, what="the default group lets traffic through")


RULE = Rule(
    id="network-default-group-closed",
    title="A VPC's default security group lets nothing through",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="What is made without a group gets this one, which is open among its members until someone closes it.",
    fix="give the DefaultSecurityGroup neither ingress nor egress, and each resource a group of its own",
    link="https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    applies=_TOKEN.__eq__,
    check=check,
)
