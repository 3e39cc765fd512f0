"""Cases of `waf-present`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ZONE = facts("cloudflare:index/zone:Zone", {"name": "example.com", "id": "abc"})
_MANAGED = "efb7b8c949ac4650a09736fc376e9aee"
_GOOD: dict[str, Value] = {"action": "execute", "expression": "true", "actionParameters": {"id": _MANAGED}}


def _ruleset(*rules: Value, phase: Value = "http_request_firewall_managed", zone: Value = "abc") -> Facts:
    props: dict[str, Value] = {"kind": "zone", "name": "waf", "phase": phase, "zoneId": zone, "rules": list(rules)}
    return facts("cloudflare:index/ruleset:Ruleset", props)


def _overridden(**overrides: Value) -> Facts:
    return _ruleset(_GOOD | {"actionParameters": {"id": _MANAGED, "overrides": overrides}})


_AT = ("name",)

PASS = {
    "an empty stack": [],
    "on": [_ZONE, _ruleset(_GOOD)],
    "said to be on": [_ZONE, _ruleset(_GOOD | {"enabled": True, "expression": "(true)"})],
    "beside others": [_ZONE, _ruleset(_GOOD | {"actionParameters": {"id": "other"}}, _GOOD)],
    "made stricter": [_ZONE, _overridden(enabled=True, action="block")],
    "made to ask": [_ZONE, _overridden(action="managed_challenge")],
}
FAIL = {
    "none": ([_ZONE], _AT),
    "another zone's": ([_ZONE, _ruleset(_GOOD, zone="def")], _AT),
    "another phase": ([_ZONE, _ruleset(_GOOD, phase="http_request_firewall_custom")], _AT),
    "no rules": ([_ZONE, _ruleset()], _AT),
    "another action": ([_ZONE, _ruleset(_GOOD | {"action": "log"})], _AT),
    "another ruleset": ([_ZONE, _ruleset(_GOOD | {"actionParameters": {"id": "other"}})], _AT),
    "turned off": ([_ZONE, _ruleset(_GOOD | {"enabled": False})], _AT),
    "for some requests": ([_ZONE, _ruleset(_GOOD | {"expression": 'http.host eq "a.example.com"'})], _AT),
    "for none": ([_ZONE, _ruleset(_GOOD | {"expression": None})], _AT),
    "its rules turned off": ([_ZONE, _overridden(enabled=False)], _AT),
    "its rules only log": ([_ZONE, _overridden(action="log")], _AT),
}
PENDING = {
    # What was not seen to be on is not: the update asks again, with every value known.
    "the rules": ([_ZONE, _ruleset(UNKNOWN)], _AT),
    "the phase": ([_ZONE, _ruleset(_GOOD, phase=UNKNOWN)], _AT),
    "the switch": ([_ZONE, _ruleset(_GOOD | {"enabled": UNKNOWN})], _AT),
}
