"""Cases of `railway-alert-tier`, a rule over a whole stack."""

from __future__ import annotations

from dataclasses import replace

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_NEW = facts("railway:index:Service", {"name": "engine"})
_SERVICE = facts("railway:index:Service", {"name": "engine", "id": "abc"})
_OTHER = replace(_SERVICE, urn="urn:other", props={"name": "web", "id": "def"})
_AT = ("name",)


def _variables(tier: Value = "critical", *, name: str = "ALERT_TIER", service: Value = "abc") -> Facts:
    return facts(
        "railway:index:VariableCollection", {"variables": {"LOG_LEVEL": "info", name: tier}, "serviceId": service}
    )


PASS = {
    "an empty stack": [],
    "by the service's id": [_SERVICE, _variables()],
    "by the service's output": [
        _NEW,
        replace(_variables(service=UNKNOWN), depends={"serviceId": frozenset({_NEW.urn})}),
    ],
    "in one environment of two": [_SERVICE, _variables("x", name="TIER"), _variables("warning")],
}
FAIL = {
    "none": ([_SERVICE], _AT),
    "another variable": ([_SERVICE, _variables(name="TIER")], _AT),
    "a tier that is none": ([_SERVICE, _variables("urgent")], _AT),
    "another service's": ([_SERVICE, _OTHER, _variables()], _AT),
    "those that services share": ([_SERVICE, _variables(service=None)], _AT),
    "an id that is no text": ([replace(_SERVICE, props={"name": "engine", "id": ["abc"]}), _variables()], _AT),
    "no variables": ([_SERVICE, facts("railway:index:VariableCollection", {"serviceId": "abc"})], _AT),
    "something else that names the service": (
        [_SERVICE, replace(_variables(), token="railway:index:Volume")],  # noqa: S106 - a Pulumi type token, no password
        _AT,
    ),
}
PENDING = {
    # What was not seen to be there is not: the update asks again, with every value known.
    "the tier": ([_SERVICE, _variables(UNKNOWN)], _AT),
    "the service": ([_NEW, _variables(service=UNKNOWN)], _AT),
    "the variables": ([_SERVICE, replace(_variables(), props={"variables": UNKNOWN, "serviceId": "abc"})], _AT),
}
