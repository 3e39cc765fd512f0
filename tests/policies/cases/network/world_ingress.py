"""Cases of `network-world-ingress`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_GROUP = "aws:ec2/securityGroup:SecurityGroup"
_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule"
_INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
_LIST = "aws:ec2/managedPrefixList:ManagedPrefixList"
_ENTRY = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"
_ALL = "0.0.0.0/0"


def _open(low: Value, high: Value = None, *, protocol: Value = "tcp", **sources: Value) -> dict[str, Value]:
    return {
        "protocol": protocol,
        "fromPort": low,
        "toPort": low if high is None else high,
        **(sources or {"cidrBlocks": [_ALL]}),
    }


def _group(*rules: Value) -> Facts:
    return facts(_GROUP, {"ingress": list(rules)})


def _rule(kind: Value = "ingress", **rule: Value) -> Facts:
    return facts(_RULE, {"type": kind, "securityGroupId": "sg-1", **rule})


def _ingress(low: Value, high: Value, protocol: Value = "tcp", **source: Value) -> Facts:
    ports: dict[str, Value] = {"ipProtocol": protocol, "fromPort": low, "toPort": high}
    return facts(_INGRESS, {key: value for key, value in ports.items() if value is not None} | source)


_FIRST = ("ingress[0].cidrBlocks[0]",)

PASS = {
    "HTTP and HTTPS": _group(_open(80.0), _open(443.0)),
    "HTTPS by IPv6": _group(_open(443.0, ipv6CidrBlocks=["::/0"])),
    "HTTPS by its protocol's number": _group(_open(443.0, protocol="6")),
    "QUIC by its protocol's number": _group(_open(443.0, protocol="17")),
    "QUIC": _group(_open(443.0, protocol="udp")),
    "a database for one network": _group(_open(5432.0, cidrBlocks=["10.0.0.0/16"])),
    "a database for a group": _group(_open(5432.0, securityGroups=["sg-1"])),
    "everything for the group itself": _group(_open(0.0, protocol="-1", self=True)),
    "a prefix list, which is judged where it is made": _group(_open(22.0, prefixListIds=["pl-1"])),
    "no rules": facts(_GROUP, {}),
    "out": _rule("egress", **_open(0.0, 65535.0, protocol="-1")),
    "a rule": _rule(**_open(443.0)),
    "a rule of the newer type": _ingress(443.0, 443.0, cidrIpv4=_ALL),
    "a rule for one network": _ingress(22.0, 22.0, cidrIpv6="fd00::/8"),
    "one that is not known for a listed port": _group(_open(443.0, cidrBlocks=UNKNOWN)),
    "a network on a port that is not known": _group(_open(UNKNOWN, cidrBlocks=["10.0.0.0/8"])),
    "a provider's range": _group(_open(22.0, cidrBlocks=["3.0.0.0/8"])),
    "a list of networks": facts(_LIST, {"entries": [{"cidr": "10.0.0.0/8"}]}),
    "an entry": facts(_ENTRY, {"cidr": "10.0.0.0/8"}),
    "rules for what goes out": facts(_GROUP, {"egress": [_open(0.0, protocol="-1")]}),
    "a range that is none": _group(_open(22.0, cidrBlocks=["pl-1"])),
    "wrong type: a range by number": _group(_open(22.0, cidrBlocks=[0.0])),
    "private addresses": _group(_open(22.0, ipv6CidrBlocks=["fc00::/7"])),
    "wrong type: ports as text": _group(_open("443")),
}
FAIL = {
    "SSH": (_group(_open(22.0)), _FIRST),
    "SSH among good ones": (_group(_open(443.0), _open(22.0)), ("ingress[1].cidrBlocks[0]",)),
    "by IPv6": (_group(_open(22.0, ipv6CidrBlocks=["::/0"])), ("ingress[0].ipv6CidrBlocks[0]",)),
    "by a longer form of IPv6": (
        _group(_open(22.0, ipv6CidrBlocks=["0000:0000::/0"])),
        ("ingress[0].ipv6CidrBlocks[0]",),
    ),
    "all of IPv6 that is given out": (
        _group(_open(22.0, ipv6CidrBlocks=["2000::/3"])),
        ("ingress[0].ipv6CidrBlocks[0]",),
    ),
    "the world in halves": (
        _group(_open(22.0, cidrBlocks=["0.0.0.0/1", "128.0.0.0/1"])),
        ("ingress[0].cidrBlocks[0]", "ingress[0].cidrBlocks[1]"),
    ),
    "ranges wider than anyone's": (_group(_open(22.0, cidrBlocks=["2.0.0.0/7"])), _FIRST),
    "ranges of IPv6 wider than anyone's": (
        _group(_open(22.0, ipv6CidrBlocks=["2000::/6"])),
        ("ingress[0].ipv6CidrBlocks[0]",),
    ),
    "ports that begin below": (_group(_open(22.0, 443.0)), _FIRST),
    "ports that end above": (_group(_open(443.0, 444.0)), _FIRST),
    "ports the wrong way round": (_group(_open(443.0, 22.0)), _FIRST),
    "ports the wrong way round, from above": (_group(_open(9999.0, 443.0)), _FIRST),
    "the world by any address": (_group(_open(22.0, cidrBlocks=["10.1.2.3/0"])), _FIRST),
    "the world among networks": (
        _group(_open(22.0, cidrBlocks=["10.0.0.0/8", _ALL])),
        ("ingress[0].cidrBlocks[1]",),
    ),
    "both worlds": (
        _group(_open(22.0, cidrBlocks=[_ALL], ipv6CidrBlocks=["::/0"])),
        ("ingress[0].cidrBlocks[0]", "ingress[0].ipv6CidrBlocks[0]"),
    ),
    "all ports": (_group(_open(0.0, 65535.0)), _FIRST),
    "from one listed port to the other": (_group(_open(80.0, 443.0)), _FIRST),
    "all protocols": (_group(_open(0.0, protocol="-1")), _FIRST),
    "all protocols, by the ports of HTTPS": (_group(_open(443.0, protocol="-1")), _FIRST),
    "all protocols by name": (_group(_open(443.0, protocol="all")), _FIRST),
    "echo requests": (_group(_open(-1.0, protocol="icmp")), _FIRST),
    "the default group": (
        facts("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {"ingress": [_open(22.0)]}),
        _FIRST,
    ),
    "a rule": (_rule(**_open(22.0)), ("cidrBlocks[0]",)),
    "a rule for all protocols": (_rule(**_open(0.0, protocol="-1", ipv6CidrBlocks=["::/0"])), ("ipv6CidrBlocks[0]",)),
    "a rule of the newer type": (_ingress(22.0, 22.0, cidrIpv4=_ALL), ("cidrIpv4",)),
    "a rule of the newer type by IPv6": (_ingress(22.0, 22.0, cidrIpv6="::/0"), ("cidrIpv6",)),
    "a rule of the newer type without ports": (_ingress(None, None, "-1", cidrIpv4=_ALL), ("cidrIpv4",)),
    "a list that holds the world": (
        facts(_LIST, {"entries": [{"cidr": "10.0.0.0/8"}, {"cidr": _ALL}]}),
        ("entries[1].cidr",),
    ),
    "an entry that is the world": (facts(_ENTRY, {"cidr": "::/0"}), ("cidr",)),
    "wrong type: a port in words": (_group(_open("ssh")), _FIRST),
    "wrong type: a port as a switch": (_group(_open(low=True)), _FIRST),
    "wrong type: a protocol by number": (_group(_open(443.0, protocol=6.0)), _FIRST),
}
PENDING = {
    "the rules": (
        facts(_GROUP, {"ingress": UNKNOWN}),
        ("?ingress[0].cidrBlocks[0]", "?ingress[0].ipv6CidrBlocks[0]"),
    ),
    "the ranges": (_group(_open(22.0, cidrBlocks=UNKNOWN)), ("?ingress[0].cidrBlocks[0]",)),
    "one range": (_group(_open(22.0, cidrBlocks=["10.0.0.0/8", UNKNOWN])), ("?ingress[0].cidrBlocks[1]",)),
    "the ports": (_group(_open(UNKNOWN)), ("?ingress[0].cidrBlocks[0]",)),
    "the last port": (_group(_open(443.0, UNKNOWN)), ("?ingress[0].cidrBlocks[0]",)),
    "the protocol": (_group(_open(443.0, protocol=UNKNOWN)), ("?ingress[0].cidrBlocks[0]",)),
    "the direction": (_rule(UNKNOWN, **_open(22.0)), ("?cidrBlocks[0]",)),
    "a range of the newer type": (_ingress(22.0, 22.0, cidrIpv4=UNKNOWN), ("?cidrIpv4",)),
    "the entries": (facts(_LIST, {"entries": UNKNOWN}), ("?entries[0].cidr",)),
    "an entry": (facts(_ENTRY, {"cidr": UNKNOWN}), ("?cidr",)),
}
