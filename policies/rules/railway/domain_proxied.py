"""A name of one's own that leads to Railway leads through Cloudflare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.railway import CUSTOM_DOMAIN
from policies.domain.zones import RECORDS
from policies.facts import look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each domain must have a record of the same name, in the same stack, that Cloudflare proxies."""
    proxied = [look(facts.props, "name") for facts in stack if facts.token in RECORDS and _proxied(facts)]
    for facts in stack:
        if facts.token == CUSTOM_DOMAIN and look(facts.props, "domain") not in proxied:
            what = "no record of this name in the stack leads through Cloudflare"
            yield Violation(urn=facts.urn, where="domain", what=what)


def _proxied(record: Facts) -> bool:
    return look(record.props, "proxied") is True


RULE = StackRule(
    id="railway-domain-proxied",
    title="A domain on Railway is behind Cloudflare",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Past Cloudflare there is no firewall and no rate limit (PF-12).",
    fix="declare a DnsRecord of this name with proxied: true, to the domain's cnameTarget",
    link="https://developers.cloudflare.com/dns/proxy-status/",
    check=check,
)
