"""Namespaces let only restricted pods in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import kinds, objects
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts, Value

_ENFORCE = "pod-security.kubernetes.io/enforce"
_VERSION = f"{_ENFORCE}-version"

#: Versions since the one that demanded something last: 1.34, hosts of probes.
_WHOLE = re.compile(r"latest|v1\.(?:3[4-9]|[4-9]\d)")


def check(facts: Facts) -> Iterator[Result]:
    """Each namespace must enforce the profile, in a version that demands what the rules over pods demand."""
    for space in objects(facts):
        labels = space.at("metadata.labels")
        yield from demand(
            space.look("metadata", "labels", _ENFORCE),
            _restricted,
            where=f'{labels}["{_ENFORCE}"]',
            what="the namespace takes pods that are not restricted",
        )
        yield from demand(
            space.look("metadata", "labels", _VERSION),
            _recent,
            where=f'{labels}["{_VERSION}"]',
            what="the namespace enforces the profile as an old version had it",
            fix=f"set the label {_VERSION}: latest",
        )


def _restricted(profile: Value) -> bool:
    return profile == "restricted"


def _recent(version: Value) -> bool:
    return version is None or (isinstance(version, str) and _WHOLE.fullmatch(version) is not None)


RULE = Rule(
    id="namespace-pod-security",
    title="Namespaces enforce the restricted Pod Security profile",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="The rules over pods see this program only: the label holds for whoever makes a pod in the namespace.",
    fix=f"set the label {_ENFORCE}: restricted",
    link="https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    applies=kinds("core", "Namespace"),
    check=check,
)
