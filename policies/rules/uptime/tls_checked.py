"""A monitor of the web looks at the certificate too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.uptimerobot import MONITOR, asks_web
from policies.domain.verdict import all_of, found, negated, stands
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """It must be on where a web server is asked; left out, it is not."""
    off = negated(stands(look(facts.props, "checkSSLErrors"), on=True))
    broken = all_of((asks_web(facts), off))
    yield from found(broken, "checkSSLErrors", what="a bad certificate counts as up")


RULE = Rule(
    id="uptime-tls-checked",
    title="UptimeRobot looks at certificates",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A browser stops at a certificate that is bad; a monitor that does not look at it stays green.",
    fix="set checkSSLErrors: true",
    link="https://uptimerobot.com/api/v3/",
    applies=MONITOR.__eq__,
    check=check,
)
