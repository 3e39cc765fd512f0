"""Cases of `railway-domain-proxied`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_DOMAIN = facts("railway:index:CustomDomain", {"domain": "api.example.com"})
_AT = ("domain",)


def _record(name: Value = "api.example.com", *, proxied: Value = True) -> Facts:
    return facts("cloudflare:index/dnsRecord:DnsRecord", {"type": "CNAME", "name": name, "proxied": proxied})


PASS = {
    "an empty stack": [],
    "proxied": [_DOMAIN, _record()],
    "among others": [_record("www.example.com"), _record(), _DOMAIN],
    "something else": [facts("railway:index:ServiceDomain", {"targetPort": 8001.0})],
}
FAIL = {
    "no record": ([_DOMAIN], _AT),
    "another's": ([_DOMAIN, _record("www.example.com")], _AT),
    "not proxied": ([_DOMAIN, _record(proxied=False)], _AT),
    "no record, but something of its name": (
        [_DOMAIN, facts("cloudflare:index/zone:Zone", {"name": "api.example.com"})],
        _AT,
    ),
}
PENDING = {
    # What was not seen to be proxied is not: the update asks again, with every value known.
    "whether it is": ([_DOMAIN, _record(proxied=UNKNOWN)], _AT),
    "the name": ([_DOMAIN, _record(UNKNOWN)], _AT),
}
