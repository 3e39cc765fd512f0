"""Cases of `network-acl-narrow`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ACL = "aws:ec2/networkAcl:NetworkAcl"
_RULE = "aws:ec2/networkAclRule:NetworkAclRule"
_ALL = "0.0.0.0/0"
_FIRST = ("ingress[0].cidrBlock",)


def _acl(low: Value, high: Value, *, token: str = _ACL, **changes: Value) -> Facts:
    rule: dict[str, Value] = {
        "action": "allow",
        "protocol": "tcp",
        "ruleNo": 100.0,
        "fromPort": low,
        "toPort": high,
        "cidrBlock": _ALL,
    }
    return facts(token, {"ingress": [rule | changes]})


def _rule(low: Value, high: Value, **changes: Value) -> Facts:
    rule: dict[str, Value] = {
        "ruleAction": "allow",
        "protocol": "6",
        "ruleNumber": 100.0,
        "fromPort": low,
        "toPort": high,
        "cidrBlock": _ALL,
    }
    return facts(_RULE, rule | changes)


PASS = {
    "HTTPS": _acl(443.0, 443.0),
    "answers": _acl(1024.0, 65535.0),
    "some of the answers": _acl(32768.0, 61000.0, protocol="udp"),
    **{f"ICMP as {name}": _acl(0.0, 0.0, protocol=name, icmpType=-1.0) for name in ("icmp", "icmpv6", "1", "58")},
    "what is denied": _acl(0.0, 65535.0, action="deny"),
    "one network": _acl(0.0, 0.0, protocol="-1", cidrBlock="10.0.0.0/8"),
    "what goes out": _rule(0.0, 0.0, protocol="-1", egress=True),
    "a rule": _rule(80.0, 80.0),
    "a rule that denies": _rule(22.0, 22.0, ruleAction="deny"),
    "no rules": facts(_ACL, {}),
}
FAIL = {
    "SSH": (_acl(22.0, 22.0), _FIRST),
    "all ports": (_acl(0.0, 65535.0), _FIRST),
    "answers and one port more": (_acl(1023.0, 65535.0), _FIRST),
    "a port that there is not": (_acl(1024.0, 65536.0), _FIRST),
    "all protocols": (_acl(0.0, 0.0, protocol="-1"), _FIRST),
    "by IPv6": (_acl(22.0, 22.0, cidrBlock=None, ipv6CidrBlock="::/0"), ("ingress[0].ipv6CidrBlock",)),
    "the default list": (
        _acl(0.0, 0.0, token="aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", protocol="-1"),  # noqa: S106 - a type
        _FIRST,
    ),
    "a rule": (_rule(22.0, 22.0), ("cidrBlock",)),
    "a rule that says its direction": (_rule(22.0, 22.0, egress=False), ("cidrBlock",)),
    "a rule without ports": (_rule(None, None, protocol="-1"), ("cidrBlock",)),
}
PENDING = {
    "the range": (_acl(22.0, 22.0, cidrBlock=UNKNOWN), ("?ingress[0].cidrBlock",)),
    "the action": (_acl(22.0, 22.0, action=UNKNOWN), ("?ingress[0].cidrBlock",)),
    "the ports": (_acl(UNKNOWN, UNKNOWN), ("?ingress[0].cidrBlock",)),
    "the protocol": (_acl(443.0, 443.0, protocol=UNKNOWN), ("?ingress[0].cidrBlock",)),
    "the direction": (_rule(22.0, 22.0, egress=UNKNOWN), ("?cidrBlock",)),
    "the rules": (facts(_ACL, {"ingress": UNKNOWN}), ("?ingress[0].cidrBlock", "?ingress[0].ipv6CidrBlock")),
}
