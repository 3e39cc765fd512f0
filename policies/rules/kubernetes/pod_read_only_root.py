"""Containers cannot write to their root file system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.pods import containers, holds_pods
from policies.facts import UNKNOWN, Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each container must set it itself: a pod's security context has no such field."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
            continue
        where = f"{item.path}.securityContext.readOnlyRootFilesystem"
        setting = look(item.body, "securityContext", "readOnlyRootFilesystem")
        if setting is UNKNOWN:
            yield Pending(where=where)
        elif setting is not True:
            yield Violation(where=where, what=f"container {item.name!r} can write to its root file system")


RULE = Rule(
    id="pod-read-only-root",
    title="Containers have a read-only root file system",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A writable root lets an intruder keep tools there and hides data that no volume backs up.",
    fix="set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where the program writes",
    link="https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
    applies=holds_pods,
    check=check,
)
