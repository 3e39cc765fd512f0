"""Cases of `service-account-no-token`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import facts

_TOKEN = "kubernetes:core/v1:ServiceAccount"  # noqa: S105 - a Pulumi type token, no password
_AT = "automountServiceAccountToken"

_SECRET = "kubernetes:core/v1:Secret"  # noqa: S105 - a Pulumi type token, no password
_ENDLESS: dict[str, Value] = {"type": "kubernetes.io/service-account-token"}

PASS = {
    "refused": facts(_TOKEN, {_AT: False}),
    "another secret": facts(_SECRET, {"type": "Opaque"}),
    "a secret of no type": facts(_SECRET, {}),
}
FAIL = {
    "left out": (facts(_TOKEN, {}), (_AT,)),
    "given": (facts(_TOKEN, {_AT: True}), (_AT,)),
    "a token without an end": (facts(_SECRET, _ENDLESS), ("type",)),
    "a token without an end, in a list": (facts(f"{_SECRET}List", {"items": [{}, _ENDLESS]}), ("items[1].type",)),
    "in a list": (facts(f"{_TOKEN}List", {"items": [{_AT: False}, {}]}), (f"items[1].{_AT}",)),
}
PENDING = {
    "the setting": (facts(_TOKEN, {_AT: UNKNOWN}), (f"?{_AT}",)),
    "what kind of secret": (facts(_SECRET, {"type": UNKNOWN}), ("?type",)),
}
