"""Cases of `r2-custom-domain-meant`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_TOKEN = "cloudflare:index/r2CustomDomain:R2CustomDomain"  # noqa: S105 - a Pulumi type token, no password

PASS = {"off": facts(_TOKEN, {"enabled": False})}
FAIL = {
    "on": (facts(_TOKEN, {"enabled": True}), ("enabled",)),
    "not said to be off": (facts(_TOKEN, {}), ("enabled",)),
}
PENDING = {"the switch": (facts(_TOKEN, {"enabled": UNKNOWN}), ("?enabled",))}
