"""Where the world may come in: ranges of addresses, and the openings that security groups make for them."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, ip_network
from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, all_of, among, at_least, at_most
from policies.facts import UNKNOWN, Facts, Value, entries, look

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Ports that the world may reach: HTTP, which redirects, and HTTPS.
LISTED_PORTS = (80, 443)

#: A range with fewer fixed bits than these is the world or a good part of it: no one is given a wider one than a /8 of
#: IPv4, and the widest of IPv6 that is anyone's own is fc00::/7, the private addresses.
_IPV4_BITS = 8
_IPV6_BITS = 7

_GROUP = "aws:ec2/securityGroup:SecurityGroup"
_DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
_INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
#: Types that open ports.
OPENERS = frozenset({_GROUP, _DEFAULT_GROUP, _RULE, _INGRESS_RULE})

_WITH_PORTS = frozenset({"tcp", "udp", "6", "17"})


@dataclass(frozen=True)
class Opening:
    """One range of addresses that one rule lets in.

    Attributes:
        where: path of the range.
        source: the range, in CIDR notation.
        inward: whether the rule is one for what comes in.
        protocol: name or number.
        low: first port.
        high: last port.
    """

    where: str
    source: Value
    inward: Verdict
    protocol: Value
    low: Value
    high: Value


def is_world(source: Value) -> Verdict:
    """Whether a range of addresses is the world's, or a good part of it."""
    if source is UNKNOWN:
        return None
    if not isinstance(source, str):
        return False
    try:
        network = ip_network(source, strict=False)
    except ValueError:
        return False
    return network.prefixlen < (_IPV4_BITS if isinstance(network, IPv4Network) else _IPV6_BITS)


def within(low: Value, high: Value, first: int, last: int) -> Verdict:
    """Whether a range of ports lies within another."""
    return all_of((at_least(low, first), at_most(low, last), at_least(high, first), at_most(high, last)))


def has_ports(protocol: Value) -> Verdict:
    """Whether a protocol is one with ports: TCP or UDP; all protocols together have none to tell apart."""
    return among(protocol.lower() if isinstance(protocol, str) else protocol, _WITH_PORTS)


def openings(facts: Facts) -> Iterator[Opening]:
    """Every range that a security group or a rule of one lets in, whatever ports it opens."""
    props = facts.props
    if facts.token in {_GROUP, _DEFAULT_GROUP}:
        for place, rule in enumerate(entries(look(props, "ingress"))):
            yield from _blocks(f"ingress[{place}].", rule, inward=True)
    elif facts.token == _RULE:
        yield from _blocks("", props, inward=among(look(props, "type"), {"ingress"}))
    else:
        for key in ("cidrIpv4", "cidrIpv6"):
            ports = (look(props, "ipProtocol"), look(props, "fromPort"), look(props, "toPort"))
            yield Opening(key, look(props, key), True, *ports)  # noqa: FBT003 - a verdict


def _blocks(prefix: str, rule: Value, *, inward: Verdict) -> Iterator[Opening]:
    ports = (look(rule, "protocol"), look(rule, "fromPort"), look(rule, "toPort"))
    for key in ("cidrBlocks", "ipv6CidrBlocks"):
        for place, source in enumerate(entries(look(rule, key))):
            yield Opening(f"{prefix}{key}[{place}]", source, inward, *ports)
