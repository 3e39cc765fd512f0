"""Cases of `network-instance-private`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_INSTANCE = "aws:ec2/instance:Instance"
_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_EIP = "aws:ec2/eip:Eip"
_GIVEN = "aws:ec2/eipAssociation:EipAssociation"
_KEY = "associatePublicIpAddress"

PASS = {
    "left out": facts(_INSTANCE, {}),
    "off": facts(_INSTANCE, {_KEY: False}),
    "a template": facts(_TEMPLATE, {"networkInterfaces": [{_KEY: "false"}, {}]}),
    "an address of a NAT gateway": facts(_EIP, {"domain": "vpc"}),
    "an address for nothing": facts(_EIP, {"instance": ""}),
    "a template that says nothing": facts(_TEMPLATE, {}),
}
FAIL = {
    "an instance": (facts(_INSTANCE, {_KEY: True}), (_KEY,)),
    "a spot instance": (facts("aws:ec2/spotInstanceRequest:SpotInstanceRequest", {_KEY: True}), (_KEY,)),
    "a launch configuration": (facts("aws:ec2/launchConfiguration:LaunchConfiguration", {_KEY: True}), (_KEY,)),
    "a template": (
        facts(_TEMPLATE, {"networkInterfaces": [{_KEY: "false"}, {_KEY: "true"}]}),
        (f"networkInterfaces[1].{_KEY}",),
    ),
    "an address": (facts(_EIP, {"instance": "i-1"}), ("instance",)),
    "an address of an instance that is made now": (facts(_EIP, {"instance": UNKNOWN}), ("instance",)),
    "an address of an interface": (facts(_EIP, {"networkInterface": "eni-1"}), ("networkInterface",)),
    "an address that is given": (facts(_GIVEN, {"instanceId": "i-1"}), ("instanceId",)),
    "an address that an interface is given": (facts(_GIVEN, {"networkInterfaceId": "eni-1"}), ("networkInterfaceId",)),
    "wrong type: a number": (facts(_INSTANCE, {_KEY: 0.0}), (_KEY,)),
}
PENDING = {
    "an instance": (facts(_INSTANCE, {_KEY: UNKNOWN}), (f"?{_KEY}",)),
    "a template": (facts(_TEMPLATE, {"networkInterfaces": UNKNOWN}), (f"?networkInterfaces[0].{_KEY}",)),
}
