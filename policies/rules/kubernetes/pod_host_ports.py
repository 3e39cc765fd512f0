"""Containers take no port of their node.

Pod Security Standards 1.36, baseline, "Host Ports".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.pods import containers, holds_pods
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """No port may name a port of the node; 0 names none."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
            continue
        for place, port in enumerate(entries(look(item.body, "ports"))):
            yield from demand(
                look(port, "hostPort"),
                _none,
                where=f"{item.path}.ports[{place}].hostPort",
                what=f"container {item.name!r} takes a port of its node",
            )


def _none(port: Value) -> bool:
    return port is None or port == 0


RULE = Rule(
    id="pod-no-host-ports",
    title="Containers take no port of their node",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A port of the node is open to whoever reaches the node, past every Service and network policy.",
    fix="remove hostPort; a Service leads to containerPort",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    applies=holds_pods,
    check=check,
)
