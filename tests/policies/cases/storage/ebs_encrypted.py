"""Cases of `ebs-encrypted`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import facts

_VOLUME = "aws:ebs/volume:Volume"
_INSTANCE = "aws:ec2/instance:Instance"
_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_ROOT = "rootBlockDevice.encrypted"
_ON: dict[str, Value] = {"rootBlockDevice": {"encrypted": True}}

PASS = {
    "a volume": facts(_VOLUME, {"encrypted": True}),
    "a copy of a snapshot": facts("aws:ebs/snapshotCopy:SnapshotCopy", {"encrypted": True}),
    "a copy of an image": facts("aws:ec2/amiCopy:AmiCopy", {"encrypted": True}),
    "an instance": facts(_INSTANCE, _ON),
    "an instance with a second volume": facts(
        _INSTANCE, {**_ON, "ebsBlockDevices": [{"deviceName": "/dev/sdb", "encrypted": True}]}
    ),
    "a template says it by a word": facts(_TEMPLATE, {"blockDeviceMappings": [{"ebs": {"encrypted": "true"}}]}),
    "a disk of the machine": facts(
        _TEMPLATE,
        {
            "blockDeviceMappings": [
                {"ebs": {"encrypted": "true"}},
                {"deviceName": "/dev/sdc", "virtualName": "ephemeral0"},
            ]
        },
    ),
    "no volume": facts("aws:ec2/vpc:Vpc", {}),
}
FAIL = {
    "left out": (facts(_VOLUME, {}), ("encrypted",)),
    "off": (facts(_VOLUME, {"encrypted": False}), ("encrypted",)),
    "a copy of a snapshot": (facts("aws:ebs/snapshotCopy:SnapshotCopy", {}), ("encrypted",)),
    "a copy of an image": (facts("aws:ec2/amiCopy:AmiCopy", {}), ("encrypted",)),
    "an instance that says nothing": (facts(_INSTANCE, {}), (_ROOT,)),
    "an instance": (facts(_INSTANCE, {"rootBlockDevice": {"encrypted": False}}), (_ROOT,)),
    "a spot instance": (facts("aws:ec2/spotInstanceRequest:SpotInstanceRequest", {}), (_ROOT,)),
    "a launch configuration": (facts("aws:ec2/launchConfiguration:LaunchConfiguration", {}), (_ROOT,)),
    "the second volume": (
        facts(_INSTANCE, {**_ON, "ebsBlockDevices": [{"deviceName": "/dev/sdb"}]}),
        ("ebsBlockDevices[0].encrypted",),
    ),
    "a template that says nothing": (facts(_TEMPLATE, {}), ("blockDeviceMappings",)),
    "a template": (
        facts(_TEMPLATE, {"blockDeviceMappings": [{"ebs": {"encrypted": "true"}}, {"ebs": {"volumeSize": 8.0}}]}),
        ("blockDeviceMappings[1].ebs.encrypted",),
    ),
    "a template that turns it off": (
        facts(_TEMPLATE, {"blockDeviceMappings": [{"ebs": {"encrypted": "false"}}]}),
        ("blockDeviceMappings[0].ebs.encrypted",),
    ),
    "wrong type: a number": (facts(_VOLUME, {"encrypted": 1.0}), ("encrypted",)),
}
PENDING = {
    "a volume": (facts(_VOLUME, {"encrypted": UNKNOWN}), ("?encrypted",)),
    "the root volume": (facts(_INSTANCE, {"rootBlockDevice": UNKNOWN}), (f"?{_ROOT}",)),
    "the other volumes": (facts(_INSTANCE, {**_ON, "ebsBlockDevices": UNKNOWN}), ("?ebsBlockDevices[0].encrypted",)),
    "the mappings": (
        facts(_TEMPLATE, {"blockDeviceMappings": UNKNOWN}),
        ("?blockDeviceMappings[0].ebs.encrypted",),
    ),
    "one mapping's volume": (
        facts(_TEMPLATE, {"blockDeviceMappings": [{"ebs": UNKNOWN}]}),
        ("?blockDeviceMappings[0].ebs.encrypted",),
    ),
}
