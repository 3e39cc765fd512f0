"""Containers run as a user that is not root."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts
from policies.pods import Container, containers, holds_pods
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each container must demand a non-root user, itself or through its pod, and must not name user 0."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
        else:
            yield from _container(item)


def _container(container: Container) -> Iterator[Result]:
    context = f"{container.path}.securityContext"
    demand = container.inherited("runAsNonRoot")
    if demand is UNKNOWN:
        yield Pending(where=f"{context}.runAsNonRoot")
    elif demand is not True:
        yield Violation(where=f"{context}.runAsNonRoot", what=f"container {container.name!r} may run as root")
    user = container.inherited("runAsUser")
    if user is UNKNOWN:
        yield Pending(where=f"{context}.runAsUser")
    elif user == 0:
        yield Violation(
            where=f"{context}.runAsUser",
            what=f"container {container.name!r} runs as user 0, which is root",
            fix="give a user id above 0, the one that the image's USER names",
        )


RULE = Rule(
    id="pod-non-root",
    title="Containers run as a user that is not root",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Root in a container is one kernel or runtime fault away from root on the node.",
    fix="set securityContext.runAsNonRoot: true on the pod or the container",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    applies=holds_pods,
    check=check,
)
