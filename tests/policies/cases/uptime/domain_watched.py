"""Cases of `uptime-domain-watched`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_DOMAIN = facts("railway:index:CustomDomain", {"domain": "api.example.com"})
_AT = ("domain",)


def _monitor(url: Value = "https://api.example.com/api/health", kind: Value = "HTTP") -> Facts:
    return facts("uptimerobot:index:Monitor", {"type": kind, "url": url})


PASS = {
    "an empty stack": [],
    "watched": [_DOMAIN, _monitor()],
    "among others": [_monitor("https://www.example.com"), _monitor(), _DOMAIN],
    "in capitals": [facts("railway:index:CustomDomain", {"domain": "API.example.com"}), _monitor()],
    "something else": [facts("railway:index:ServiceDomain", {"targetPort": 8001.0})],
}
FAIL = {
    "nobody": ([_DOMAIN], _AT),
    "another": ([_DOMAIN, _monitor("https://www.example.com/api.example.com")], _AT),
    "its port alone": ([_DOMAIN, _monitor(kind="PORT")], _AT),
    "no address": ([_DOMAIN, _monitor("https://[")], _AT),
    "no text": ([_DOMAIN, _monitor(7.0)], _AT),
    "something else of that address": (
        [_DOMAIN, facts("uptimerobot:index:StatusPage", {"type": "HTTP", "url": "https://api.example.com"})],
        _AT,
    ),
    "a domain that is no text": ([facts("railway:index:CustomDomain", {"domain": ["a"]}), _monitor()], _AT),
}
PENDING = {
    # What was not seen to be watched is not: the update asks again, with every value known.
    "the address": ([_DOMAIN, _monitor(UNKNOWN)], _AT),
    "the domain": ([facts("railway:index:CustomDomain", {"domain": UNKNOWN}), _monitor()], _AT),
}
