"""A network ACL keeps the world from ports of services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.networks import LISTED_PORTS, has_ports, is_world, within
from policies.domain.verdict import Verdict, all_of, among, any_of, found, negated, stands
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACLS = frozenset({"aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"})
_RULE = "aws:ec2/networkAclRule:NetworkAclRule"
_RANGES = ("cidrBlock", "ipv6CidrBlock")
#: Answers come back to these: an ACL keeps no record of who asked (Amazon VPC user guide, "Ephemeral ports").
_ANSWERS = (1024, 65535)
_ICMP = frozenset({"icmp", "icmpv6", "1", "58"})


def check(facts: Facts) -> Iterator[Result]:
    """A rule that allows the world in must be for a listed port, for answers, or for ICMP."""
    if facts.token == _RULE:
        inward = stands(look(facts.props, "egress"), on=False)
        allows = among(look(facts.props, "ruleAction"), {"allow"})
        yield from _rule("", facts.props, all_of((inward, allows)))
    else:
        for place, rule in enumerate(entries(look(facts.props, "ingress"))):
            yield from _rule(f"ingress[{place}].", rule, among(look(rule, "action"), {"allow"}))


def _rule(prefix: str, rule: Value, lets_in: Verdict) -> Iterator[Result]:
    for key in _RANGES:
        broken = all_of((lets_in, is_world(look(rule, key)), negated(_narrow(rule))))
        yield from found(broken, f"{prefix}{key}", what="the world reaches ports of services")


def _narrow(rule: Value) -> Verdict:
    protocol, low, high = look(rule, "protocol"), look(rule, "fromPort"), look(rule, "toPort")
    ranges = (*((port, port) for port in LISTED_PORTS), _ANSWERS)
    ports = any_of(within(low, high, first, last) for first, last in ranges)
    return any_of((all_of((has_ports(protocol), ports)), among(protocol, _ICMP)))


RULE = Rule(
    id="network-acl-narrow",
    title="A network ACL keeps the world from ports of services",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.ADVISORY,
    why="It is the second line: where a security group is opened by mistake, the subnet is still closed.",
    fix="allow 80 and 443, and 1024 to 65535 for answers; name the ranges of everything else",
    link="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    applies=(_ACLS | {_RULE}).__contains__,
    check=check,
)
