"""Cases of `iam-trust-private`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ROLE = "aws:iam/role:Role"
_FIRST = ("assumeRolePolicy.Statement[0].Principal",)


def _trust(principal: Value, **changes: Value) -> Facts:
    statement: Value = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **changes}
    return facts(_ROLE, {"assumeRolePolicy": json.dumps({"Statement": [statement]})})


PASS = {
    "a service": _trust({"Service": "ec2.amazonaws.com"}),
    "an account": _trust({"AWS": "arn:aws:iam::123456789012:root"}),
    "one organization": _trust("*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-123"}}),
    "a policy that is no trust": facts("aws:iam/policy:Policy", {"policy": "{}"}),
}
FAIL = {
    "everyone": (_trust("*"), _FIRST),
    "everyone with an account": (_trust({"AWS": "*"}), _FIRST),
    "everyone who knows a word": (_trust("*", Condition={"StringEquals": {"sts:ExternalId": "word"}}), _FIRST),
    "no JSON": (facts(_ROLE, {"assumeRolePolicy": "everyone"}), ("assumeRolePolicy",)),
}
PENDING = {
    "the policy": (facts(_ROLE, {"assumeRolePolicy": UNKNOWN}), ("?assumeRolePolicy",)),
    "the principal": (
        facts(_ROLE, {"assumeRolePolicy": {"Statement": {"Effect": "Allow", "Principal": {"AWS": UNKNOWN}}}}),
        tuple(f"?{where}" for where in _FIRST),
    ),
}
