"""Pods do not share the node's network, processes or memory.

Pod Security Standards 1.36, baseline, "Host Namespaces".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, off
from policies.domain.pods import holds_pods, known_pods
from policies.facts import Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """None of the three may be on; left out they are off."""
    for pod in known_pods(facts):
        if isinstance(pod, Pending):
            yield pod
            continue
        for key in ("hostNetwork", "hostPID", "hostIPC"):
            yield from demand(look(pod.spec, key), off, where=pod.at("spec", key), what=f"{key} shares the node's own")


RULE = Rule(
    id="pod-no-host-namespaces",
    title="Pods share no namespace of their node",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="In the node's namespaces a pod sees the traffic, processes and memory of everything on it, "
    "and no network policy holds for it.",
    fix="remove hostNetwork, hostPID and hostIPC",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    applies=holds_pods,
    check=check,
)
