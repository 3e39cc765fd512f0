"""Cases of `access-not-everyone`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_POLICY = "cloudflare:index/zeroTrustAccessPolicy:ZeroTrustAccessPolicy"


def _policy(decision: Value, *includes: Value) -> Facts:
    return facts(_POLICY, {"decision": decision, "includes": list(includes)})


def _application(*includes: Value, token: str = "zeroTrustAccessApplication:ZeroTrustAccessApplication") -> Facts:  # noqa: S107 - a Pulumi type, no password
    policies: Value = [{"id": "abc"}, {"decision": "allow", "includes": list(includes)}]
    return facts(f"cloudflare:index/{token}", {"policies": policies})


_SOME: Value = {"emailDomain": {"domain": "example.com"}}

PASS = {
    "a domain": _policy("allow", _SOME),
    "an office": _policy("bypass", {"ip": {"ip": "192.0.2.0/24"}}),
    "an application's": _application(_SOME),
    "an application by itself": facts("cloudflare:index/zeroTrustAccessApplication:ZeroTrustAccessApplication", {}),
    "nobody": _policy("allow"),
    "everyone is kept out": _policy("deny", {"everyone": {}}),
}
FAIL = {
    "everyone": (_policy("allow", {"everyone": {}}), ("includes[0].everyone",)),
    "without a login": (_policy("bypass", _SOME, {"everyone": {}}), ("includes[1].everyone",)),
    "the world by its addresses": (_policy("bypass", _SOME, {"ip": {"ip": "0.0.0.0/0"}}), ("includes[1].ip.ip",)),
    "an application's": (_application({"everyone": {}}), ("policies[1].includes[0].everyone",)),
    "an application's, by the old type": (
        _application({"ip": {"ip": "::/0"}}, token="accessApplication:AccessApplication"),  # noqa: S106 - a type
        ("policies[1].includes[0].ip.ip",),
    ),
    **{
        f"by type {token}": (
            facts(f"cloudflare:index/{token}", {"includes": [{"everyone": {}}]}),
            ("includes[0].everyone",),
        )
        for token in (
            "accessGroup:AccessGroup",
            "accessPolicy:AccessPolicy",
            "zeroTrustAccessGroup:ZeroTrustAccessGroup",
        )
    },
    "by a machine": (_policy("non_identity", {"everyone": {}}), ("includes[0].everyone",)),
    "whatever is decided": (_policy(UNKNOWN, {"everyone": {}}), ("includes[0].everyone",)),
}
PENDING = {
    "who": (_policy("allow", {"everyone": UNKNOWN}), ("?includes[0].everyone",)),
    "from where": (_policy("allow", {"ip": UNKNOWN}), ("?includes[0].ip.ip",)),
    "all of it": (_policy("allow", UNKNOWN), ("?includes[0].everyone", "?includes[0].ip.ip")),
    "an application's": (
        facts("cloudflare:index/zeroTrustAccessApplication:ZeroTrustAccessApplication", {"policies": UNKNOWN}),
        ("?policies[0].includes[0].everyone", "?policies[0].includes[0].ip.ip"),
    ),
}
