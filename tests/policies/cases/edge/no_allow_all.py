"""Cases of `edge-no-allow-all`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _rules(*rules: Value) -> Facts:
    return facts("cloudflare:index/ruleset:Ruleset", {"phase": "http_request_firewall_custom", "rules": list(rules)})


def _addresses(mode: Value, target: Value) -> Facts:
    configuration: Value = {"target": target, "value": "192.0.2.0/24"}
    return facts("cloudflare:index/accessRule:AccessRule", {"mode": mode, "configuration": configuration})


def _page(**actions: Value) -> Facts:
    return facts("cloudflare:index/pageRule:PageRule", {"target": "example.com/*", "actions": actions})


_SOME = 'http.request.uri.path eq "/api/health"'

PASS = {
    "no rules": _rules(),
    "some requests skip": _rules({"action": "skip", "expression": _SOME}),
    "an expression that is none": _rules({"action": "skip", "expression": "true?"}),
    "every request is blocked": _rules({"action": "block", "expression": "true"}),
    "a rule that is off": _rules({"action": "skip", "expression": "true", "enabled": False}),
    "a single address": _addresses("whitelist", "ip"),
    "a single address of the new kind": _addresses("whitelist", "ip6"),
    "many are blocked": _addresses("block", "ip_range"),
    "a page": _page(),
    "a page that is guarded": _page(disableSecurity=False),
}
FAIL = {
    **{
        f"every request skips: {number}": (
            _rules({"action": "skip", "expression": expression}),
            ("rules[0].expression",),
        )
        for number, expression in enumerate(("true", "(true)", "( true )", ""))
    },
    "the second rule": (
        _rules({"action": "skip", "expression": _SOME}, {"action": "skip", "expression": "true", "enabled": True}),
        ("rules[1].expression",),
    ),
    **{
        f"many by {target}": (_addresses("whitelist", target), ("configuration.target",))
        for target in ("ip_range", "asn", "country", None)
    },
    "a page without security": (_page(disableSecurity=True), ("actions.disableSecurity",)),
}
PENDING = {
    "the rules": (_rules(UNKNOWN), ("?rules[0].expression",)),
    "the action": (_rules({"action": UNKNOWN, "expression": "true"}), ("?rules[0].expression",)),
    "the expression": (_rules({"action": "skip", "expression": UNKNOWN}), ("?rules[0].expression",)),
    "the mode": (_addresses(UNKNOWN, "ip_range"), ("?configuration.target",)),
    "the target": (_addresses("whitelist", UNKNOWN), ("?configuration.target",)),
    "the page": (_page(disableSecurity=UNKNOWN), ("?actions.disableSecurity",)),
}
