"""Containers may make the system calls that programs need, and no others.

Pod Security Standards 1.36, restricted, "Seccomp".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.pods import contexts, holds_pods
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each container must have a profile, its own or its pod's; left out, Kubernetes gives it none."""
    for context in contexts(facts):
        if isinstance(context, Pending):
            yield context
        elif not context.leaves("seccompProfile"):
            yield from demand(
                look(context.body, "seccompProfile", "type"),
                _confines,
                where=f"{context.path}.seccompProfile.type",
                what=f"{context.of} may make every system call",
            )


def _confines(kind: Value) -> bool:
    return kind in ("RuntimeDefault", "Localhost")


RULE = Rule(
    id="pod-seccomp",
    title="Containers have a seccomp profile",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Most ways out of a container lead through system calls that no ordinary program makes.",
    fix="set securityContext.seccompProfile.type: RuntimeDefault on the pod",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    applies=holds_pods,
    check=check,
)
