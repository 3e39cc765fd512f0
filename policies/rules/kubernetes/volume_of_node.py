"""No volume of the cluster is a folder of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.objects import kinds, objects
from policies.domain.verdict import found, given
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """Its source must be neither a folder nor a disk of a node."""
    for volume in objects(facts):
        for source in ("hostPath", "local"):
            folder = given(volume.look("spec", source))
            yield from found(folder, volume.at("spec", source), what="the volume is a folder or a disk of one node")


RULE = Rule(
    id="volume-not-of-node",
    title="No PersistentVolume is a folder of its node",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A pod mounts it by a claim, which every profile allows, and reads the node; and its data goes with the node.",
    fix="let a storage class make the volume, or name a CSI driver in spec.csi",
    link="https://kubernetes.io/docs/concepts/storage/volumes/#hostpath",
    applies=kinds("core", "PersistentVolume"),
    check=check,
)
