"""Cases of `cloudflare-token-scoped`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ACCOUNT = "com.cloudflare.api.account.f037e56e89293a057740de681ac9abbe"
_ONE = json.dumps({"com.cloudflare.api.account.zone.023e105f4ecef8ad9ca31a8372d0c353": "*"})
_ZONES = "com.cloudflare.api.account.zone."
_GROUPS: Value = [{"id": "c8fed203ed3043cba015a93ad1616f1f"}]


def _token(*policies: Value, ends: Value = "2027-01-01T00:00:00Z", kind: str = "apiToken:ApiToken") -> Facts:
    return facts(f"cloudflare:index/{kind}", {"name": "deploy", "policies": list(policies), "expiresOn": ends})


def _policy(resources: Value = _ONE, *, effect: str = "allow", groups: Value = _GROUPS) -> dict[str, Value]:
    return {"effect": effect, "resources": resources, "permissionGroups": groups}


_AT = "policies[0]"

PASS = {
    "a zone": _token(_policy()),
    "an account": _token(_policy(json.dumps({_ACCOUNT: "*"})), kind="accountToken:AccountToken"),
    "zones of an account": _token(_policy(json.dumps({_ACCOUNT: {"com.cloudflare.api.account.zone.abc": "*"}}))),
    "the most permissions": _token(_policy(groups=[{"id": str(number)} for number in range(20)])),
    "all is forbidden": _token(_policy(json.dumps({"com.cloudflare.api.account.*": "*"}), effect="deny")),
}
FAIL = {
    "it never ends": (_token(_policy(), ends=None), ("expiresOn",)),
    "of an account, it never ends": (_token(_policy(), ends="", kind="accountToken:AccountToken"), ("expiresOn",)),
    "all accounts": (_token(_policy(json.dumps({"com.cloudflare.api.account.*": "*"}))), (f"{_AT}.resources",)),
    "all zones": (
        _token(_policy(), _policy(json.dumps({"com.cloudflare.api.account.zone.*": "*"}))),
        ("policies[1].resources",),
    ),
    "all zones beside one": (
        _token(_policy(json.dumps({f"{_ZONES}abc": "*", f"{_ZONES}*": "*"}))),
        (f"{_AT}.resources",),
    ),
    "all zones of an account": (
        _token(_policy(json.dumps({_ACCOUNT: {"com.cloudflare.api.account.zone.*": "*"}}))),
        (f"{_AT}.resources",),
    ),
    "none named": (_token(_policy(None)), (f"{_AT}.resources",)),
    "a list": (_token(_policy(json.dumps([_ACCOUNT]))), (f"{_AT}.resources",)),
    "no JSON": (_token(_policy("all")), (f"{_AT}.resources",)),
    "JSON that is nested too deeply": (_token(_policy("[" * 100_000)), (f"{_AT}.resources",)),
    "a collection of permissions": (
        _token(_policy(groups=[{"id": str(number)} for number in range(21)])),
        (f"{_AT}.permissionGroups",),
    ),
}
PENDING = {
    "when it ends": (_token(_policy(), ends=UNKNOWN), ("?expiresOn",)),
    "the resources": (_token(_policy(UNKNOWN)), (f"?{_AT}.resources",)),
    "the permissions": (_token(_policy(groups=UNKNOWN)), (f"?{_AT}.permissionGroups",)),
    "the policies": (_token(UNKNOWN), (f"?{_AT}.permissionGroups", f"?{_AT}.resources")),
}
