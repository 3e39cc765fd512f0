"""Cases of `dns-proxied`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "cloudflare:index/dnsRecord:DnsRecord"  # noqa: S105 - a Pulumi type token, no password


def _record(kind: Value = "CNAME", name: Value = "api.example.com", **props: Value) -> Facts:
    return facts(_TOKEN, {"type": kind, "name": name, "zoneId": "abc"} | props)


PASS = {
    **{kind: _record(kind, proxied=True) for kind in ("A", "AAAA", "CNAME")},
    **{kind: _record(kind) for kind in ("MX", "TXT", "SRV", "NS", "CAA")},
    "a name of a protocol": _record(name="_acme-challenge.example.com"),
    "a key of mail": _record(name="s1._domainkey.example.com"),
    "proxied, whatever its name": _record(name=UNKNOWN, proxied=True),
    "proxied, whatever it is": _record(UNKNOWN, UNKNOWN, proxied=True),
    "no name": _record("TXT", None),
    "a text, wherever it will stand": _record("TXT", UNKNOWN, proxied=False),
}
FAIL = {
    **{f"{kind}, left out": (_record(kind), ("proxied",)) for kind in ("A", "AAAA", "CNAME")},
    "not proxied": (_record(proxied=False), ("proxied",)),
    "the root": (_record(name="@", proxied=False), ("proxied",)),
    "every other name": (_record(name="*.example.com", proxied=False), ("proxied",)),
    "a name with a line in it": (_record(name="my_app.example.com"), ("proxied",)),
    "no name": (_record(name=None), ("proxied",)),
    "by the old type": (facts("cloudflare:index/record:Record", {"type": "A", "name": "www"}), ("proxied",)),
}
PENDING = {
    "whether it is": (_record(proxied=UNKNOWN), ("?proxied",)),
    "the type": (_record(UNKNOWN, proxied=False), ("?type",)),
    "the name": (_record(name=UNKNOWN), ("?name",)),
}
