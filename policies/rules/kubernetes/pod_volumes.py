"""Pods mount what the cluster gives them: nothing of the node, and no foreign store named in the pod.

Pod Security Standards 1.36, baseline "HostPath Volumes" and restricted "Volume Types".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.domain.demand import demand
from policies.domain.pods import holds_pods, known_pods
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

_ALLOWED = (
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
)


def check(facts: Facts) -> Iterator[Result]:
    """Each source of a volume must be one of `_ALLOWED`; a volume without one is an emptyDir."""
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
            continue
        for place, volume in enumerate(entries(look(pod.spec, "volumes"))):
            yield from _volume(pod.at("spec", f"volumes[{place}]"), volume)


def _volume(where: str, volume: Value) -> Iterator[Result]:
    if volume is UNKNOWN:
        yield Pending(where=where)
    for source, given in volume.items() if isinstance(volume, Mapping) else ():
        if source not in ("name", *_ALLOWED):
            yield from demand(
                given, _left_out, where=f"{where}.{source}", what=f"a volume of type {source} is not allowed"
            )


def _left_out(source: Value) -> bool:
    return source is None


RULE = Rule(
    id="pod-volumes",
    title="Pods mount no folder of their node, and volumes of the restricted types only",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A folder of the node leads to its credentials and to every other pod; a foreign store in the pod "
    "goes past the claims that quotas and backups know.",
    fix=f"use one of {', '.join(_ALLOWED)}",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    applies=holds_pods,
    check=check,
)
