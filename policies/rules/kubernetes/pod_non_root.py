"""Containers run as a user that is not root.

Pod Security Standards 1.36, restricted, "Running as Non-root" and "Running as Non-root user". Stricter in one thing:
a user namespace (`hostUsers: false`) excuses nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, on
from policies.domain.pods import contexts, holds_pods
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each container must demand a non-root user, itself or through its pod; neither may take it back or name root."""
    for context in contexts(facts):
        if isinstance(context, Pending):
            yield context
            continue
        if not context.leaves("runAsNonRoot"):
            yield from demand(
                look(context.body, "runAsNonRoot"),
                on,
                where=f"{context.path}.runAsNonRoot",
                what=f"{context.of} may run as root",
            )
        yield from demand(
            look(context.body, "runAsUser"),
            _not_root,
            where=f"{context.path}.runAsUser",
            what=f"{context.of} runs as user 0, which is root",
            fix="give a user id above 0, the one that the image's USER names",
        )


def _not_root(user: Value) -> bool:
    return user != 0


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
