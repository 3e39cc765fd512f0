"""Cases of `access-not-everyone`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _policy(decision: Value, *includes: Value) -> Facts:
    token = "cloudflare:index/zeroTrustAccessPolicy:ZeroTrustAccessPolicy"  # noqa: S105 - a Pulumi type, no password
    return facts(token, {"decision": decision, "includes": list(includes)})


_SOME: Value = {"emailDomain": {"domain": "example.com"}}

PASS = {
    "a domain": _policy("allow", _SOME),
    "nobody": _policy("allow"),
    "everyone is kept out": _policy("deny", {"everyone": {}}),
}
FAIL = {
    "everyone": (_policy("allow", {"everyone": {}}), ("includes[0].everyone",)),
    "without a login": (_policy("bypass", _SOME, {"everyone": {}}), ("includes[1].everyone",)),
    "by a machine": (_policy("non_identity", {"everyone": {}}), ("includes[0].everyone",)),
    "whatever is decided": (_policy(UNKNOWN, {"everyone": {}}), ("includes[0].everyone",)),
}
PENDING = {
    "who": (_policy("allow", {"everyone": UNKNOWN}), ("?includes[0].everyone",)),
    "all of it": (_policy("allow", UNKNOWN), ("?includes[0].everyone",)),
}
