"""No container has the node's own rights.

Pod Security Standards 1.36, baseline, "Privileged Containers" and, for Windows, "HostProcess".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, off
from policies.domain.pods import contexts, holds_pods
from policies.facts import Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Neither a pod nor a container may be privileged, or a process of a Windows host."""
    for context in contexts(facts):
        if isinstance(context, Pending):
            yield context
            continue
        for keys in (("privileged",), ("windowsOptions", "hostProcess")):
            yield from demand(
                look(context.body, *keys),
                off,
                where=".".join((context.path, *keys)),
                what=f"{context.of} has the node's own rights",
            )


RULE = Rule(
    id="pod-not-privileged",
    title="No container is privileged",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="A privileged container is root on the node: it reads every other pod's memory, volumes and secrets.",
    fix="remove securityContext.privileged, and windowsOptions.hostProcess",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    applies=holds_pods,
    check=check,
)
