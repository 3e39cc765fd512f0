"""Probes and lifecycle hooks call their own pod, and no other host.

Pod Security Standards 1.36, baseline, "Host Probes / Lifecycle Hooks" (demanded since 1.34).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import absent, demand
from policies.domain.pods import containers, holds_pods
from policies.facts import Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLERS = (
    ("livenessProbe",),
    ("readinessProbe",),
    ("startupProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)


def check(facts: Facts) -> Iterator[Result]:
    """No call over HTTP or TCP may name a host; left out it is the pod itself."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
            continue
        for caller in _CALLERS:
            for kind in ("httpGet", "tcpSocket"):
                keys = (*caller, kind, "host")
                yield from demand(
                    look(item.body, *keys),
                    absent,
                    where=".".join((item.path, *keys)),
                    what=f"container {item.name!r} makes its node call another host",
                )


RULE = Rule(
    id="pod-probes-stay-home",
    title="Probes and lifecycle hooks name no other host",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="The node makes these calls, from where no network policy holds: they reach what the pod may not.",
    fix="remove the host: without it the call goes to the pod",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline",
    applies=holds_pods,
    check=check,
)
