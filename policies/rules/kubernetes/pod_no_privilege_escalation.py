"""Containers cannot gain more privileges than they start with.

Pod Security Standards 1.36, restricted, "Privilege Escalation".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.pods import containers, holds_pods
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each container must refuse it: left out, it is allowed."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
            continue
        yield from demand(
            look(item.body, "securityContext", "allowPrivilegeEscalation"),
            _refused,
            where=f"{item.path}.securityContext.allowPrivilegeEscalation",
            what=f"container {item.name!r} may gain privileges",
        )


def _refused(setting: Value) -> bool:
    return setting is False


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
