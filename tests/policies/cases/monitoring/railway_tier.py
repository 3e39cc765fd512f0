"""Cases of `railway-alert-tier`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_NEW = facts("railway:index:Service", {"name": "engine"})
_SERVICE = facts("railway:index:Service", {"name": "engine", "id": "abc"})
_OTHER = replace(_SERVICE, urn="urn:other", props={"name": "web", "id": "def"})
_AT = ("name",)


def _one(value: Value = "critical", *, name: Value = "ALERT_TIER", service: Value = "abc") -> Facts:
    return facts("railway:index:Variable", {"name": name, "value": value, "serviceId": service})


def _many(**variables: Value) -> Facts:
    return facts("railway:index:VariableCollection", {"variables": variables, "serviceId": "abc"})


PASS = {
    "an empty stack": [],
    "by the service's id": [_SERVICE, _one()],
    "by the service's output": [
        _NEW,
        replace(_one(service=UNKNOWN), depends={"serviceId": frozenset({_NEW.urn})}),
    ],
    "among many": [_SERVICE, _many(LOG_LEVEL="info", ALERT_TIER="info")],
    "beside others": [_SERVICE, _one("x", name="LOG_LEVEL"), _one("warning")],
}
FAIL = {
    "none": ([_SERVICE], _AT),
    "another variable": ([_SERVICE, _one(name="TIER")], _AT),
    "a tier that is none": ([_SERVICE, _one("urgent")], _AT),
    "another service's": ([_SERVICE, _OTHER, _one()], _AT),
    "none among many": ([_SERVICE, _many(LOG_LEVEL="info")], _AT),
    "an id that is no text": ([replace(_SERVICE, props={"name": "engine", "id": ["abc"]}), _one()], _AT),
    "no variables": ([_SERVICE, facts("railway:index:VariableCollection", {"serviceId": "abc"})], _AT),
    "something else that names the service": (
        [_SERVICE, replace(_one(), token="railway:index:Volume")],  # noqa: S106 - a Pulumi type token, no password
        _AT,
    ),
}
PENDING = {
    # What was not seen to be there is not: the update asks again, with every value known.
    "the tier": ([_SERVICE, _one(UNKNOWN)], _AT),
    "the service": ([_NEW, _one(service=UNKNOWN)], _AT),
    "the variables": ([_SERVICE, replace(_many(), props={"variables": UNKNOWN, "serviceId": "abc"})], _AT),
}
