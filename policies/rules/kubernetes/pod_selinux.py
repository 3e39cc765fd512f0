"""SELinux holds containers as it holds every other.

Pod Security Standards 1.36, baseline, "SELinux".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import absent, demand
from policies.domain.pods import contexts, holds_pods
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """A type must be one that is meant for containers; a user or a role may not be named."""
    for context in contexts(facts):
        if isinstance(context, Pending):
            yield context
            continue
        for key, good in (("type", _for_containers), ("user", absent), ("role", absent)):
            yield from demand(
                look(context.body, "seLinuxOptions", key),
                good,
                where=f"{context.path}.seLinuxOptions.{key}",
                what=f"{context.of} chooses its own SELinux {key}",
            )


def _for_containers(kind: Value) -> bool:
    return absent(kind) or kind in ("container_t", "container_init_t", "container_kvm_t", "container_engine_t")


RULE = Rule(
    id="pod-selinux",
    title="Containers keep the SELinux context that is meant for them",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Another type, such as spc_t, is not confined at all.",
    fix="remove seLinuxOptions, or leave only a type meant for containers in it, as container_t",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    applies=holds_pods,
    check=check,
)
