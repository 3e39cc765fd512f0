"""Every zone has its web application firewall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.zones import RULESET, always, without
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Cloudflare's own ruleset, the same for all accounts (Cloudflare documentation, "WAF Managed Rules").
_MANAGED = "efb7b8c949ac4650a09736fc376e9aee"


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each zone must run Cloudflare's managed rules on every request."""
    for zone in without(stack, RULESET, _guards):
        yield Violation(urn=zone.urn, where=zone.where, what="nothing in the stack turns the zone's firewall on")


def _guards(ruleset: Facts) -> bool:
    rules = entries(look(ruleset.props, "rules"))
    return look(ruleset.props, "phase") == "http_request_firewall_managed" and any(_runs(rule) for rule in rules)


def _runs(rule: Value) -> bool:
    return (
        look(rule, "action") == "execute"
        and look(rule, "actionParameters", "id") == _MANAGED
        and look(rule, "enabled") in (None, True)
        and always(look(rule, "expression"))
        and look(rule, "actionParameters", "overrides", "enabled") in (None, True)
        and look(rule, "actionParameters", "overrides", "action") in (None, "block", "managed_challenge")
    )


RULE = StackRule(
    id="waf-present",
    title="Every zone runs Cloudflare's managed firewall rules",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="The day a hole in a library is known is the day everyone tries it: the managed rules close it before the "
    "server can (PF-12: CDN, then WAF, then rate limiter).",
    fix="declare a Ruleset with this zone, phase http_request_firewall_managed, and a rule with action execute, "
    f"actionParameters.id {_MANAGED} and expression true",
    link="https://developers.cloudflare.com/waf/managed-rules/",
    check=check,
)
