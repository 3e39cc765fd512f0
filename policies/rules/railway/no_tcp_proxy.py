"""No port of a service on Railway is open to the internet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.railway import TCP_PROXY
from policies.rule import Enforcement, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(_facts: Facts) -> Iterator[Result]:
    """Every such proxy is found: that it is there is what is wrong."""
    yield Violation(where="applicationPort", what="the port is open to the internet")


RULE = Rule(
    id="railway-no-tcp-proxy",
    title="No port of a Railway service is open to the internet",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="It goes past Cloudflare, with its firewall, rate limit and TLS; behind it is most often a database.",
    fix="reach the service by Railway's private network; a person takes `railway connect`",
    link="https://docs.railway.com/reference/tcp-proxy",
    applies=TCP_PROXY.__eq__,
    check=check,
)
