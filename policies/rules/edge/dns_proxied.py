"""Names of the web lead to Cloudflare, not to the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, on
from policies.domain.zones import RECORDS, web
from policies.facts import UNKNOWN, Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """A record that leads browsers must be proxied; left out, it is not."""
    proxied = look(facts.props, "proxied")
    if look(facts.props, "type") is UNKNOWN and proxied is not True:
        yield Pending(where="type")
    elif web(facts) and look(facts.props, "name") is UNKNOWN and proxied is not True:
        yield Pending(where="name")
    elif web(facts):
        yield from demand(proxied, on, where="proxied", what="the record leads past Cloudflare, to the server itself")


RULE = Rule(
    id="dns-proxied",
    title="Names of the web are proxied by Cloudflare",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A record that is not proxied shows the server's address: whoever knows it goes past firewall and rate limit.",
    fix="set proxied: true; a name that is not for browsers, as a mail server's, is listed in "
    "policies/suppressions.yaml, with owner and reason",
    link="https://developers.cloudflare.com/dns/proxy-status/",
    applies=RECORDS.__contains__,
    check=check,
)
