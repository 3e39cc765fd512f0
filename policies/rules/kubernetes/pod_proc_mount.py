"""The parts of /proc that belong to the node stay hidden.

Pod Security Standards 1.36, restricted, "/proc Mount Type".
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
    """No container may ask for another kind of /proc."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
            continue
        yield from demand(
            look(item.body, "securityContext", "procMount"),
            _default,
            where=f"{item.path}.securityContext.procMount",
            what=f"container {item.name!r} sees the node's /proc unmasked",
        )


def _default(kind: Value) -> bool:
    return kind is None or kind == "Default"


RULE = Rule(
    id="pod-proc-mount",
    title="Containers see /proc masked",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Unmasked, /proc lets a container read and write settings of the node's kernel.",
    fix="remove securityContext.procMount",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    applies=holds_pods,
    check=check,
)
