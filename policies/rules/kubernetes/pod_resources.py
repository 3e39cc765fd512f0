"""Containers say how much CPU and memory they need, and how much they may take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.domain.pods import containers, holds_pods
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A quantity of nothing: Kubernetes reads a limit of 0 as no limit at all.
_NOTHING = re.compile(r"0*(\.0*)?([eE][+-]?\d+|[A-Za-z]{0,2})")


def check(facts: Facts) -> Iterator[Result]:
    """Each container must name all four; an ephemeral one is let be, since it cannot."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
            continue
        if item.ephemeral:
            continue
        for bound in ("requests", "limits"):
            for resource in ("cpu", "memory"):
                where = f"{item.path}.resources.{bound}.{resource}"
                amount = look(item.body, "resources", bound, resource)
                if amount is UNKNOWN:
                    yield Pending(where=where)
                elif not _some(amount):
                    yield Violation(where=where, what=f"container {item.name!r} has no {bound} for {resource}")


def _some(amount: Value) -> bool:
    """Whether it is a quantity above nothing; whether it is well-formed is the API server's to say."""
    if isinstance(amount, str):
        return _NOTHING.fullmatch(amount) is None
    return isinstance(amount, (int, float)) and not isinstance(amount, bool) and amount > 0


RULE = Rule(
    id="pod-resources",
    title="Containers have requests and limits for CPU and memory",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="One container without bounds can starve every other on its node, and the scheduler places it blindly.",
    fix="set resources.requests and resources.limits, each with cpu and memory",
    link="https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    applies=holds_pods,
    check=check,
)
