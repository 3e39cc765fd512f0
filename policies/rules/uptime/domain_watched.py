"""Whatever of Railway is open to the world is watched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policies.domain.railway import CUSTOM_DOMAIN
from policies.domain.uptimerobot import MONITOR, asks_web
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each domain must be the host that a monitor of the stack asks."""
    watched = {_host(look(facts.props, "url")) for facts in stack if facts.token == MONITOR and asks_web(facts)}
    for facts in stack:
        if facts.token == CUSTOM_DOMAIN:
            domain = look(facts.props, "domain")
            if not isinstance(domain, str) or domain.lower() not in watched:
                yield Violation(urn=facts.urn, where="domain", what="no monitor of the stack asks this name")


def _host(url: Value) -> str | None:
    try:
        return urlsplit(url).hostname if isinstance(url, str) else None
    except ValueError:
        return None


RULE = StackRule(
    id="uptime-domain-watched",
    title="Every domain on Railway is watched",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Railway asks a service for its health while it is deployed and never after: what nobody else asks can be "
    "down until a player writes.",
    fix="declare a Monitor of type HTTP whose url has this name",
    link="https://docs.railway.com/reference/healthchecks",
    check=check,
)
