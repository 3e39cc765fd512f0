"""Someone is told before a domain's registration ends."""

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
    off = negated(stands(look(facts.props, "domainExpirationReminder"), on=True))
    broken = all_of((asks_web(facts), off))
    yield from found(broken, "domainExpirationReminder", what="nobody is told before the domain ends")


RULE = Rule(
    id="uptime-domain-end",
    title="UptimeRobot tells before a domain ends",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A domain that is not paid for is someone else's some weeks later.",
    fix="set domainExpirationReminder: true",
    link="https://uptimerobot.com/api/v3/",
    applies=MONITOR.__eq__,
    check=check,
)
