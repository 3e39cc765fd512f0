"""Containers cannot gain more privileges than they start with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, look
from policies.pods import Container, containers, holds_pods
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each container must refuse escalation (the default allows it) and must not be privileged."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
        else:
            yield from _container(item)


def _container(container: Container) -> Iterator[Result]:
    context = f"{container.path}.securityContext"
    escalation = look(container.body, "securityContext", "allowPrivilegeEscalation")
    if escalation is UNKNOWN:
        yield Pending(where=f"{context}.allowPrivilegeEscalation")
    elif escalation is not False:
        yield Violation(
            where=f"{context}.allowPrivilegeEscalation", what=f"container {container.name!r} may gain privileges"
        )
    privileged = look(container.body, "securityContext", "privileged")
    if privileged is UNKNOWN:
        yield Pending(where=f"{context}.privileged")
    elif privileged not in (None, False):
        yield Violation(
            where=f"{context}.privileged",
            what=f"container {container.name!r} is privileged: it has the node's own rights",
            fix="remove securityContext.privileged",
        )


RULE = Rule(
    id="pod-no-privilege-escalation",
    title="Containers cannot gain privileges",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A set-uid program in the image would undo the demand for a non-root user.",
    fix="set securityContext.allowPrivilegeEscalation: false",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    applies=holds_pods,
    check=check,
)
