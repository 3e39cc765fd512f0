"""A name leads to a port that is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.railway import CUSTOM_DOMAIN, SERVICE_DOMAIN
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """A domain, of one's own or Railway's, must name the port that it leads to."""
    port = look(facts.props, "targetPort")
    yield from demand(port, between(1, 65535), where="targetPort", what="Railway guesses which port is meant")


RULE = Rule(
    id="railway-domain-port",
    title="A domain on Railway names its port",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Railway takes a port that it saw the service listen on: a second listener, as for metrics, is then open to "
    "the world in its place.",
    fix="set targetPort, as 8001",
    link="https://docs.railway.com/guides/public-networking#target-ports",
    applies=(CUSTOM_DOMAIN, SERVICE_DOMAIN).__contains__,
    check=check,
)
