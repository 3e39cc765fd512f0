"""Cases of `iam-pass-role`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_POLICY = "aws:iam/policy:Policy"
_FIRST = ("policy.Statement[0]",)
_ROLE = "arn:aws:iam::123456789012:role/worker"


def _policy(action: Value, resource: Value = "*", **changes: Value) -> Facts:
    statement: dict[str, Value] = {"Effect": "Allow", "Action": action, "Resource": resource}
    merged = {key: value for key, value in (statement | changes).items() if value is not None}
    return facts(_POLICY, {"policy": json.dumps({"Statement": [merged]})})


def _partly(**statement: Value) -> Facts:
    return facts(_POLICY, {"policy": {"Statement": [{"Effect": "Allow", **statement}]}})


PASS = {
    "one role": _policy("iam:PassRole", _ROLE),
    "roles of a path": _policy("iam:PassRole", "arn:aws:iam::123456789012:role/app/*"),
    "every role of a name": _policy("iam:PassRole", "arn:aws:iam::123456789012:role/app-*"),
    "another right": _policy("iam:GetRole"),
    "every action is another rule's": _policy("*"),
    "longer than any action is": _policy("iam:Pass" + "*" * 249),
    "denied": _policy("iam:PassRole", Effect="Deny"),
    "no JSON is another rule's": facts(_POLICY, {"policy": "{"}),
    "not known which, but one role": _partly(Action=UNKNOWN, Resource=_ROLE),
}
FAIL = {
    "everything": (_policy("iam:PassRole"), _FIRST),
    "in any letters": (_policy("IAM:passrole"), _FIRST),
    "by a wildcard": (_policy("iam:Pass*"), _FIRST),
    "by as many wildcards as an action has letters": (_policy("iam:Pass" + "*" * 248), _FIRST),
    "by a sign": (_policy("iam:P?ssRole"), _FIRST),
    "every role": (_policy("iam:PassRole", "arn:aws:iam::123456789012:role/*"), _FIRST),
    "every role of every account": (_policy("iam:PassRole", "arn:aws:iam::*:role/*"), _FIRST),
    "every role by signs": (_policy("iam:PassRole", "arn:aws:iam::123456789012:role/?*"), _FIRST),
    "all but one": (_policy("iam:PassRole", None, NotResource=_ROLE), _FIRST),
    "among others": (_policy(["ec2:RunInstances", "iam:PassRole"], [_ROLE, "*"]), _FIRST),
    "to one service, but every role": (
        _policy("iam:PassRole", Condition={"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
        _FIRST,
    ),
}
PENDING = {
    "the policy": (facts(_POLICY, {"policy": UNKNOWN}), ("?policy",)),
    "the roles": (_partly(Action="iam:PassRole", Resource=UNKNOWN), ("?policy.Statement[0]",)),
    "the actions": (_partly(Action=UNKNOWN, Resource="*"), ("?policy.Statement[0]",)),
}
