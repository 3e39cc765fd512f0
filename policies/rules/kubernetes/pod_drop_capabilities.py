"""Containers drop every Linux capability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.pods import Container, containers, holds_pods
from policies.facts import UNKNOWN, Facts, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What may be added back: the one that the restricted Pod Security Standard allows.
_ALLOWED = frozenset({"NET_BIND_SERVICE"})


def check(facts: Facts) -> Iterator[Result]:
    """Each container must drop ``ALL``, and may add back `_ALLOWED` alone."""
    for item in containers(facts):
        if isinstance(item, Pending):
            yield item
        else:
            yield from _container(item)


def _container(container: Container) -> Iterator[Result]:
    capabilities = f"{container.path}.securityContext.capabilities"
    dropped = entries(look(container.body, "securityContext", "capabilities", "drop"))
    if "ALL" not in dropped:
        if UNKNOWN in dropped:
            yield Pending(where=f"{capabilities}.drop")
        else:
            yield Violation(where=f"{capabilities}.drop", what=f"container {container.name!r} keeps capabilities")
    added = entries(look(container.body, "securityContext", "capabilities", "add"))
    extra = sorted(str(name) for name in added if name is not UNKNOWN and str(name) not in _ALLOWED)
    if extra:
        yield Violation(
            where=f"{capabilities}.add",
            what=f"container {container.name!r} adds {', '.join(extra)}",
            fix=f"remove it; {', '.join(sorted(_ALLOWED))} alone may be added",
        )
    elif UNKNOWN in added:
        yield Pending(where=f"{capabilities}.add")


RULE = Rule(
    id="pod-drop-capabilities",
    title="Containers drop all Linux capabilities",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="The runtime's default set holds CAP_NET_RAW and others that no program here needs.",
    fix="set securityContext.capabilities.drop: [ALL]",
    link="https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted",
    applies=holds_pods,
    check=check,
)
