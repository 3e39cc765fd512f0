"""Every EBS volume is encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import all_of, found, given, negated, stands
from policies.facts import Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_VOLUMES = frozenset({"aws:ebs/volume:Volume", "aws:ebs/snapshotCopy:SnapshotCopy", "aws:ec2/amiCopy:AmiCopy"})
_INSTANCES = frozenset(
    {
        "aws:ec2/instance:Instance",
        "aws:ec2/launchConfiguration:LaunchConfiguration",
        "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    }
)
_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_WHAT = "the volume is not encrypted"


def check(facts: Facts) -> Iterator[Result]:
    """Each volume must say that it is encrypted; left out, the account's default decides, which is off at first."""
    if facts.token in _VOLUMES:
        yield from _encrypted("encrypted", stands(look(facts.props, "encrypted"), on=True))
    elif facts.token in _INSTANCES:
        yield from _instance(facts)
    else:
        yield from _template(facts)


def _instance(facts: Facts) -> Iterator[Result]:
    yield from _encrypted(
        "rootBlockDevice.encrypted", stands(look(facts.props, "rootBlockDevice", "encrypted"), on=True)
    )
    for place, device in enumerate(entries(look(facts.props, "ebsBlockDevices"))):
        yield from _encrypted(f"ebsBlockDevices[{place}].encrypted", stands(look(device, "encrypted"), on=True))


def _template(facts: Facts) -> Iterator[Result]:
    devices = entries(look(facts.props, "blockDeviceMappings"))
    if not devices:
        yield from _encrypted("blockDeviceMappings", encrypted=False)
    for place, device in enumerate(devices):
        # A mapping without `ebs` is of a disk of the machine, or takes a device of the image away.
        bare = all_of((given(look(device, "ebs")), negated(stands(look(device, "ebs", "encrypted"), on=True))))
        yield from _encrypted(f"blockDeviceMappings[{place}].ebs.encrypted", negated(bare))


def _encrypted(where: str, encrypted: bool | None) -> Iterator[Result]:  # noqa: FBT001 - a verdict
    yield from found(negated(encrypted), where, what=_WHAT)


RULE = Rule(
    id="ebs-encrypted",
    title="Every EBS volume is encrypted",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A snapshot of a volume in clear can be shared and read by any account that it is shared with.",
    fix="set encrypted to true on each volume, the root volume too; a launch template says it in each mapping's ebs",
    link="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html",
    applies=(_VOLUMES | _INSTANCES | {_TEMPLATE}).__contains__,
    check=check,
)
