"""Cases of `iam-no-star`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_POLICY = "aws:iam/policy:Policy"
_FIRST = ("policy.Statement[0]",)
_BUCKET = "arn:aws:s3:::vault/*"


def _statement(action: Value = "*", resource: Value = "*", **changes: Value) -> dict[str, Value]:
    good: dict[str, Value] = {"Effect": "Allow", "Action": action, "Resource": resource}
    return {key: value for key, value in (good | changes).items() if value is not None}


def _policy(*statements: Value, token: str = _POLICY) -> Facts:
    """A policy as the engine sends it where it is known: JSON text."""
    return facts(token, {"policy": json.dumps({"Version": "2012-10-17", "Statement": list(statements)})})


def _partly(statement: Value) -> Facts:
    """A policy as an object, in which single values may be unknown."""
    return facts(_POLICY, {"policy": {"Statement": [statement]}})


def _role(policy: Value) -> Facts:
    return facts("aws:iam/role:Role", {"assumeRolePolicy": "{}", "inlinePolicies": [{"name": "a", "policy": policy}]})


_STAR = json.dumps({"Statement": _statement()})

PASS = {
    "named both": _policy(_statement("s3:GetObject", _BUCKET)),
    "every action of a service on named objects": _policy(_statement("s3:*", _BUCKET)),
    "named actions on everything": _policy(_statement(["ec2:DescribeInstances", "ec2:Describe*"])),
    "everything is denied": _policy(_statement(Effect="Deny")),
    "all but some are denied": _policy(_statement(None, NotAction="iam:*", Effect="Deny")),
    "all but some on a named one": _policy(_statement(None, _BUCKET, NotAction="s3:DeleteObject")),
    "a named action on all but some": _policy(_statement("s3:GetObject", None, NotResource=_BUCKET)),
    "every group of logs": _policy(_statement("logs:*", "arn:aws:logs:eu-central-1:123456789012:log-group:*")),
    "no action at all": _policy(_statement(["", "s3:"])),
    "no resource at all": _policy(_statement("*", ["", "arn:aws:s3:::"])),
    "every role of a path": _policy(_statement("iam:*", "arn:aws:iam::123456789012:role/app/*")),
    "everything in a bucket that is called as a kind": _policy(_statement("s3:*", "arn:aws:s3:::table/*")),
    "a bucket that is called as a kind, in another partition": _policy(_statement("s3:*", "arn:aws-cn:s3:::key/*")),
    "a queue that is called as a kind": _policy(_statement("sqs:*", "arn:aws:sqs:eu-central-1:1:key")),
    "no statements": _policy(),
    "a role without policies": facts("aws:iam/role:Role", {"assumeRolePolicy": "{}"}),
    "a key's policy is about that key": facts("aws:kms/key:Key", {"policy": _STAR}),
    "denied, whatever it is about": _partly(_statement(UNKNOWN, UNKNOWN, Effect="Deny")),
    "a named object, whatever is done to it": _partly(_statement(UNKNOWN, _BUCKET)),
}
FAIL = {
    "everything": (_policy(_statement()), _FIRST),
    "everything, in lists": (_policy(_statement(["*"], ["*"])), _FIRST),
    "one of many": (_policy(_statement(["s3:GetObject", "s3:*"], [_BUCKET, "*"])), _FIRST),
    "every action of a service": (_policy(_statement("s3:*")), _FIRST),
    "every action by signs": (_policy(_statement("s3:?*")), _FIRST),
    "every action of every service": (_policy(_statement("*:*")), _FIRST),
    "every bucket": (_policy(_statement("s3:*", "arn:aws:s3:::*")), _FIRST),
    "every object": (_policy(_statement("s3:*", "arn:aws:s3:::*/*")), _FIRST),
    "every table of an account": (_policy(_statement("dynamodb:*", "arn:aws:dynamodb:*:123456789012:*")), _FIRST),
    **{
        f"every {kind}": (_policy(_statement("x:*", f"arn:aws:x:eu-central-1:123456789012:{kind}{mark}*")), _FIRST)
        for kind, mark in (
            ("function", ":"),
            ("group", "/"),
            ("instance", "/"),
            ("key", "/"),
            ("parameter", "/"),
            ("policy", "/"),
            ("role", "/"),
            ("secret", ":"),
            ("table", "/"),
            ("user", "/"),
        )
    },
    "every ARN": (_policy(_statement("s3:*", "arn:*")), _FIRST),
    "all but some": (_policy(_statement(None, NotAction="iam:*")), _FIRST),
    "every action on all but some": (_policy(_statement("s3:*", None, NotResource=_BUCKET)), _FIRST),
    "the second statement": (_policy(_statement("s3:GetObject"), _statement()), ("policy.Statement[1]",)),
    "a statement without its list": (facts(_POLICY, {"policy": _STAR}), _FIRST),
    "a condition does not narrow what": (
        _policy(_statement(Condition={"StringEquals": {"aws:RequestedRegion": "eu-central-1"}})),
        _FIRST,
    ),
    "no effect": (_policy(_statement(Effect=None)), _FIRST),
    "a role's": (_role(_STAR), ("inlinePolicies[0].policy.Statement[0]",)),
    "a role's own": (_policy(_statement(), token="aws:iam/rolePolicy:RolePolicy"), _FIRST),  # noqa: S106 - a type
    "a user's": (_policy(_statement(), token="aws:iam/userPolicy:UserPolicy"), _FIRST),  # noqa: S106 - a type
    "a group's": (_policy(_statement(), token="aws:iam/groupPolicy:GroupPolicy"), _FIRST),  # noqa: S106 - a type
    "a permission set's": (
        facts("aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy", {"inlinePolicy": _STAR}),
        ("inlinePolicy.Statement[0]",),
    ),
    "no JSON": (facts(_POLICY, {"policy": "{"}), ("policy",)),
    "a number too long for JSON": (facts(_POLICY, {"policy": "1" * 5000}), ("policy",)),
    "JSON, but no object": (_role("[]"), ("inlinePolicies[0].policy",)),
}
PENDING = {
    "the policy": (facts(_POLICY, {"policy": UNKNOWN}), ("?policy",)),
    "the statements": (facts(_POLICY, {"policy": {"Statement": UNKNOWN}}), ("?policy.Statement[0]",)),
    "the effect": (_partly(_statement(Effect=UNKNOWN)), ("?policy.Statement[0]",)),
    "the actions": (_partly(_statement(UNKNOWN)), ("?policy.Statement[0]",)),
    "one action": (_partly(_statement(["s3:GetObject", UNKNOWN])), ("?policy.Statement[0]",)),
    "the resources": (_partly(_statement("s3:*", UNKNOWN)), ("?policy.Statement[0]",)),
    "what is left out": (_partly(_statement(None, NotAction=UNKNOWN)), ("?policy.Statement[0]",)),
    "a role's policies": (
        facts("aws:iam/role:Role", {"inlinePolicies": UNKNOWN}),
        ("?inlinePolicies[0].policy",),
    ),
}
