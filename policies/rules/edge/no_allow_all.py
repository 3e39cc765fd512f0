"""Nothing opens the firewall to everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, off
from policies.domain.verdict import all_of, among, found, negated
from policies.domain.zones import RULESET, always
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESSES = "cloudflare:index/accessRule:AccessRule"
_PAGE = "cloudflare:index/pageRule:PageRule"


def check(facts: Facts) -> Iterator[Result]:
    """No rule may skip the others for every request, let in more than single addresses, or turn security off."""
    if facts.token == RULESET:
        for place, rule in enumerate(entries(look(facts.props, "rules"))):
            yield from _rule(f"rules[{place}]", rule)
    elif facts.token == _PAGE:
        switch = look(facts.props, "actions", "disableSecurity")
        yield from demand(switch, off, where="actions.disableSecurity", what="the page is served without the firewall")
    else:
        target = look(facts.props, "configuration", "target")
        many = all_of((among(look(facts.props, "mode"), ("whitelist",)), negated(among(target, ("ip", "ip6")))))
        yield from found(many, where="configuration.target", what="more than a single address is let past the firewall")


def _rule(where: str, rule: Value) -> Iterator[Result]:
    expression = look(rule, "expression")
    every = None if expression is UNKNOWN else always(expression)
    skips = all_of((among(look(rule, "action"), ("skip",)), look(rule, "enabled") is not False, every))
    yield from found(skips, where=f"{where}.expression", what="the rule lets every request skip other rules")


RULE = Rule(
    id="edge-no-allow-all",
    title="Nothing opens the firewall to everyone",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="One such rule, made to look into a fault, leaves all others without effect for as long as it stands.",
    fix="bind the rule to what needs it: an expression, single addresses",
    link="https://developers.cloudflare.com/waf/custom-rules/skip/",
    applies=(RULESET, _ADDRESSES, _PAGE).__contains__,
    check=check,
)
