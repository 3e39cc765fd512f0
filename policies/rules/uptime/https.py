"""A monitor of the web asks as a browser does, by TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.uptimerobot import MONITOR, asks_web
from policies.domain.verdict import all_of, found
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """The address of what a web server is asked for must begin with https."""
    plain = _plain(look(facts.props, "url"))
    yield from found(all_of((asks_web(facts), plain)), "url", what="it asks in the clear")


def _plain(url: Value) -> bool | None:
    return None if url is UNKNOWN else not (isinstance(url, str) and url.startswith("https://"))


RULE = Rule(
    id="uptime-https",
    title="UptimeRobot asks by TLS",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A monitor that asks by plain HTTP proves the redirect and not the product; its headers, a key among them, "
    "can be read on the way.",
    fix="begin the url with https://",
    link="https://uptimerobot.com/api/v3/",
    applies=MONITOR.__eq__,
    check=check,
)
