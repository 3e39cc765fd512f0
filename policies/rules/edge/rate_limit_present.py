"""Every zone bounds what one address may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between
from policies.domain.zones import RULESET, without
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Requests of one address in a period (`docs/requirements.md` PF-12).
_MOST = 2000


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each zone must have a rule that stops an address which asks too often."""
    for zone in without(stack, RULESET, _guards):
        yield Violation(urn=zone.urn, where=zone.where, what="nothing in the stack bounds what one address may ask for")


def _guards(ruleset: Facts) -> bool:
    rules = entries(look(ruleset.props, "rules"))
    return look(ruleset.props, "phase") == "http_ratelimit" and any(_bounds(rule) for rule in rules)


def _bounds(rule: Value) -> bool:
    limit = look(rule, "ratelimit")
    return (
        look(rule, "action") in ("block", "challenge", "js_challenge", "managed_challenge")
        and look(rule, "enabled") in (None, True)
        and "ip.src" in entries(look(limit, "characteristics"))
        and between(1, _MOST)(look(limit, "requestsPerPeriod"))
    )


RULE = StackRule(
    id="rate-limit-present",
    title="Every zone has a rate limit by address",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Without it one client takes the service from all others, tries passwords, or runs up the bill of the models.",
    fix="declare a Ruleset with this zone, phase http_ratelimit, and a rule with action block whose ratelimit counts "
    f"by ip.src, up to {_MOST} requests in a period",
    link="https://developers.cloudflare.com/waf/rate-limiting-rules/",
    check=check,
)
