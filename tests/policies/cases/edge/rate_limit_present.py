"""Cases of `rate-limit-present`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ZONE = facts("cloudflare:index/zone:Zone", {"name": "example.com", "id": "abc"})


def _ruleset(*rules: Value, phase: Value = "http_ratelimit", zone: Value = "abc") -> Facts:
    props: dict[str, Value] = {"kind": "zone", "name": "limit", "phase": phase, "zoneId": zone, "rules": list(rules)}
    return facts("cloudflare:index/ruleset:Ruleset", props)


def _rule(*, action: Value = "block", enabled: Value = None, **limit: Value) -> dict[str, Value]:
    good: dict[str, Value] = {
        "characteristics": ["cf.colo.id", "ip.src"],
        "period": 300.0,
        "requestsPerPeriod": 2000.0,
    }
    return {"action": action, "expression": "true", "enabled": enabled, "ratelimit": good | limit}


_AT = ("name",)

PASS = {
    "an empty stack": [],
    **{
        action: [_ZONE, _ruleset(_rule(action=action))]
        for action in ("block", "challenge", "js_challenge", "managed_challenge")
    },
    "said to be on": [_ZONE, _ruleset(_rule(enabled=True))],
    "beside others": [_ZONE, _ruleset(_rule(action="log"), _rule(requestsPerPeriod=1.0))],
}
FAIL = {
    "none": ([_ZONE], _AT),
    "another zone's": ([_ZONE, _ruleset(_rule(), zone="def")], _AT),
    "another phase": ([_ZONE, _ruleset(_rule(), phase="http_request_firewall_custom")], _AT),
    "it only logs": ([_ZONE, _ruleset(_rule(action="log"))], _AT),
    "turned off": ([_ZONE, _ruleset(_rule(enabled=False))], _AT),
    "not by address": ([_ZONE, _ruleset(_rule(characteristics=["cf.colo.id"]))], _AT),
    "more than may be": ([_ZONE, _ruleset(_rule(requestsPerPeriod=2001.0))], _AT),
    "none at all": ([_ZONE, _ruleset(_rule(requestsPerPeriod=0.0))], _AT),
    "no bound": ([_ZONE, _ruleset(_rule(requestsPerPeriod=None))], _AT),
    "no rate limit": ([_ZONE, _ruleset({"action": "block", "expression": "true"})], _AT),
}
PENDING = {
    # What was not seen to be bounded is not: the update asks again, with every value known.
    "the bound": ([_ZONE, _ruleset(_rule(requestsPerPeriod=UNKNOWN))], _AT),
    "what it counts by": ([_ZONE, _ruleset(_rule(characteristics=UNKNOWN))], _AT),
}
