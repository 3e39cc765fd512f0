"""Cases of `network-subnet-private`."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_WHERE = ("mapPublicIpOnLaunch",)
_DEFAULT = "aws:ec2/defaultSubnet:DefaultSubnet"


def _subnet(name: str = "thing", **props: Value) -> Facts:
    return replace(facts("aws:ec2/subnet:Subnet", props), name=name)


PASS = {
    "left out": _subnet(),
    "off": _subnet("private-a", mapPublicIpOnLaunch=False),
    "named public": _subnet("public-a", mapPublicIpOnLaunch=True),
    "tagged public": _subnet(mapPublicIpOnLaunch=True, tags={"Name": "web-Public-a"}),
    "named public, not known whether on": _subnet("public-a", mapPublicIpOnLaunch=UNKNOWN),
    "a default subnet that is closed": facts(_DEFAULT, {"mapPublicIpOnLaunch": False}),
}
FAIL = {
    "named private": (_subnet("private-a", mapPublicIpOnLaunch=True), _WHERE),
    "named neither": (_subnet(mapPublicIpOnLaunch=True), _WHERE),
    "tagged private": (_subnet(mapPublicIpOnLaunch=True, tags={"Name": "private-a"}), _WHERE),
    "a default subnet": (facts(_DEFAULT, {"availabilityZone": "eu-central-1a"}), _WHERE),
    "wrong type: the word for on": (_subnet(mapPublicIpOnLaunch="true"), _WHERE),
    "wrong type: a number": (_subnet(mapPublicIpOnLaunch=0.0), _WHERE),
    "wrong type: a name that is no text": (_subnet(mapPublicIpOnLaunch=True, tags={"Name": 1.0}), _WHERE),
}
PENDING = {
    "the switch": (_subnet(mapPublicIpOnLaunch=UNKNOWN), ("?mapPublicIpOnLaunch",)),
    "the tags": (_subnet(mapPublicIpOnLaunch=True, tags=UNKNOWN), ("?mapPublicIpOnLaunch",)),
    "the name": (_subnet(mapPublicIpOnLaunch=True, tags={"Name": UNKNOWN}), ("?mapPublicIpOnLaunch",)),
}
