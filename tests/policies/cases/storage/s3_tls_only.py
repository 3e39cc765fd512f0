"""Cases of `s3-tls-only`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "aws:s3/bucketPolicy:BucketPolicy"  # noqa: S105 - a Pulumi type token, no password
_PLAIN: Value = {"Bool": {"aws:SecureTransport": "false"}}
_ALLOW: Value = {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}, "Action": "s3:*", "Resource": "*"}


def _deny(**changes: Value) -> dict[str, Value]:
    good: dict[str, Value] = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
        "Condition": _PLAIN,
    }
    return {key: value for key, value in (good | changes).items() if value is not None}


def _policy(*statements: Value) -> Facts:
    """A policy as the engine sends it where it is known: JSON text."""
    return facts(_TOKEN, {"bucket": "b", "policy": json.dumps({"Statement": list(statements)})})


def _partly(*statements: Value) -> Facts:
    """A policy as an object, in which single values may be unknown."""
    return facts(_TOKEN, {"bucket": "b", "policy": {"Statement": list(statements)}})


PASS = {
    "everyone denied": _policy(_deny()),
    "by the longer form": _policy(_deny(Principal={"AWS": "*"}, Action=["s3:*"], Resource="arn:aws:s3:::b/*")),
    "the bucket and its objects at once": _policy(_deny(Resource="arn:aws:s3:::b*")),
    "every action": _policy(_deny(Action="*", Resource="*")),
    "a switch in place of its word": _policy(_deny(Condition={"Bool": {"AWS:securetransport": False}})),
    "a list of one": _policy(_deny(Condition={"Bool": {"aws:SecureTransport": ["false"]}})),
    "if it is there": _policy(_deny(Condition={"BoolIfExists": {"aws:SecureTransport": "false"}})),
    "among others": _policy(_ALLOW, _deny()),
    "a statement without its list": facts(_TOKEN, {"policy": json.dumps({"Statement": _deny()})}),
    "no JSON is another rule's": facts(_TOKEN, {"policy": "{"}),
    "a bucket alone": facts("aws:s3/bucket:Bucket", {}),
}
FAIL = {
    "no statements": (_policy(), ("policy",)),
    "no policy": (facts(_TOKEN, {"bucket": "b"}), ("policy",)),
    "others only": (_policy(_ALLOW), ("policy",)),
    "allowed in place of denied": (_policy(_deny(Effect="Allow")), ("policy",)),
    "one principal": (_policy(_deny(Principal={"AWS": "arn:aws:iam::1:root"})), ("policy",)),
    "all but one": (_policy(_deny(Principal=None, NotPrincipal={"AWS": "x"})), ("policy",)),
    "reading only": (_policy(_deny(Action="s3:GetObject")), ("policy",)),
    "the bucket without its objects": (_policy(_deny(Resource="arn:aws:s3:::b")), ("policy",)),
    "some objects": (_policy(_deny(Resource=["arn:aws:s3:::b", "arn:aws:s3:::b/private/*"])), ("policy",)),
    "objects that begin alike": (_policy(_deny(Resource="arn:aws:s3:::b/x*")), ("policy",)),
    "no condition": (_policy(_deny(Condition=None)), ("policy",)),
    "TLS denied": (_policy(_deny(Condition={"Bool": {"aws:SecureTransport": "true"}})), ("policy",)),
    "a further condition": (
        _policy(_deny(Condition={"Bool": {"aws:SecureTransport": "false"}, "StringEquals": {"aws:SourceVpc": "v"}})),
        ("policy",),
    ),
    "a further key": (
        _policy(_deny(Condition={"Bool": {"aws:SecureTransport": "false", "aws:ViaAWSService": "false"}})),
        ("policy",),
    ),
    "another key": (_policy(_deny(Condition={"Bool": {"aws:ViaAWSService": "false"}})), ("policy",)),
    "another operator": (_policy(_deny(Condition={"StringEquals": {"aws:SecureTransport": "false"}})), ("policy",)),
}
PENDING = {
    "the policy": (facts(_TOKEN, {"policy": UNKNOWN}), ("?policy",)),
    "the statements": (facts(_TOKEN, {"policy": {"Statement": UNKNOWN}}), ("?policy",)),
    "one statement": (_partly(_ALLOW, UNKNOWN), ("?policy",)),
    "the effect": (_partly(_deny(Effect=UNKNOWN)), ("?policy",)),
    "the principal": (_partly(_deny(Principal=UNKNOWN)), ("?policy",)),
    "the action": (_partly(_deny(Action=UNKNOWN)), ("?policy",)),
    "the resource, from the bucket's output": (_partly(_deny(Resource=[UNKNOWN])), ("?policy",)),
    "the condition": (_partly(_deny(Condition=UNKNOWN)), ("?policy",)),
    "what it demands": (_partly(_deny(Condition={"Bool": UNKNOWN})), ("?policy",)),
    "the value": (_partly(_deny(Condition={"Bool": {"aws:SecureTransport": UNKNOWN}})), ("?policy",)),
}
