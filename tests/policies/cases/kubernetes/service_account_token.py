"""Cases of `service-account-no-token`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_TOKEN = "kubernetes:core/v1:ServiceAccount"  # noqa: S105 - a Pulumi type token, no password
_AT = "automountServiceAccountToken"

PASS = {"refused": facts(_TOKEN, {_AT: False})}
FAIL = {
    "left out": (facts(_TOKEN, {}), (_AT,)),
    "given": (facts(_TOKEN, {_AT: True}), (_AT,)),
    "in a list": (facts(f"{_TOKEN}List", {"items": [{_AT: False}, {}]}), (f"items[1].{_AT}",)),
}
PENDING = {"the setting": (facts(_TOKEN, {_AT: UNKNOWN}), (f"?{_AT}",))}
