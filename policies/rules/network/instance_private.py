"""No instance asks for a public address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import found, negated, stands
from policies.facts import Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEY = "associatePublicIpAddress"
_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_TOKENS = frozenset(
    {
        "aws:ec2/instance:Instance",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
        _TEMPLATE,
    }
)
#: Addresses that stand by themselves, and the properties that give one to an instance or its network interface.
_ADDRESSES = {
    "aws:ec2/eip:Eip": ("instance", "networkInterface"),
    "aws:ec2/eipAssociation:EipAssociation": ("instanceId", "networkInterfaceId"),
}
_WHAT = "the instance gets a public address"


def check(facts: Facts) -> Iterator[Result]:
    """A public address must be neither asked for nor given by an Elastic IP.

    Left out, the subnet decides, which is `network-subnet-private`.
    """
    if facts.token in _ADDRESSES:
        for key in _ADDRESSES[facts.token]:
            # An instance whose id only the update will know is one.
            yield from found(look(facts.props, key) not in (None, ""), key, what=_WHAT)
    elif facts.token == _TEMPLATE:
        for place, interface in enumerate(entries(look(facts.props, "networkInterfaces"))):
            off = stands(look(interface, _KEY), on=False)
            yield from found(negated(off), f"networkInterfaces[{place}].{_KEY}", what=_WHAT)
    else:
        yield from found(negated(stands(look(facts.props, _KEY), on=False)), _KEY, what=_WHAT)


RULE = Rule(
    id="network-instance-private",
    title="No instance asks for a public address",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="It stands in the internet, with nothing but its security group before it.",
    fix="take associatePublicIpAddress or the Elastic IP out: "
    "what serves stands behind a load balancer, people come by Session Manager",
    link="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html",
    applies=(_TOKENS | _ADDRESSES.keys()).__contains__,
    check=check,
)
