"""Cases of `s3-policy-private`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from policies.preview import SECRET
from tests.policies.make import facts

_TOKEN = "aws:s3/bucketPolicy:BucketPolicy"  # noqa: S105 - a Pulumi type token, no password
_FIRST = ("policy.Statement[0].Principal",)
_ORG: Value = {"StringEquals": {"aws:PrincipalOrgID": "o-123"}}


def _policy(*statements: Value) -> Facts:
    return facts(_TOKEN, {"policy": json.dumps({"Version": "2012-10-17", "Statement": list(statements)})})


def _allow(principal: Value, **more: Value) -> dict[str, Value]:
    return {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject", "Resource": "*", **more}


PASS = {
    "someone": _policy(_allow({"AWS": "arn:aws:iam::123456789012:role/reader"})),
    "a service": _policy(_allow({"Service": "logging.s3.amazonaws.com"})),
    "everyone is denied": _policy({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}),
    "everyone of one organization": _policy(_allow("*", Condition=_ORG)),
    "everyone through one endpoint": _policy(_allow("*", Condition={"StringEquals": {"aws:SourceVpce": ["vpce-1"]}})),
    "a source that is known by its account": _policy(
        _allow("*", Condition={"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:123456789012:*"}})
    ),
    **{
        f"everyone, bound by {key}": _policy(_allow("*", Condition={"StringEquals": {key: "some"}}))
        for key in (
            *("aws:PrincipalAccount", "aws:PrincipalArn", "aws:PrincipalOrgPaths", "aws:SourceAccount"),
            *("aws:SourceOwner", "aws:SourceVpc", "aws:userid"),
            *("s3:DataAccessPointAccount", "s3:DataAccessPointArn"),
        )
    },
    **{
        f"everyone, bound by {operator}": _policy(_allow("*", Condition={operator: {"aws:SourceVpce": "vpce-1"}}))
        for operator in ("StringLike", "ArnEquals", "StringEqualsIgnoreCase", "ForAnyValue:StringEquals")
    },
    "bound twice, once to a wildcard": _policy(
        _allow("*", Condition={"StringLike": {"aws:SourceVpc": "*", "aws:SourceVpce": "vpce-1"}})
    ),
    "no policy": facts("aws:s3/bucket:Bucket", {}),
}
FAIL = {
    "everyone": (_policy(_allow("*")), _FIRST),
    "everyone, by the longer form": (_policy(_allow({"AWS": "*"})), _FIRST),
    "everyone among others": (_policy(_allow({"AWS": ["arn:aws:iam::123456789012:root", "*"]})), _FIRST),
    "all but someone": (_policy({"Effect": "Allow", "NotPrincipal": {"AWS": "x"}, "Action": "s3:*"}), _FIRST),
    "the second statement": (_policy(_allow({"AWS": "x"}), _allow("*")), ("policy.Statement[1].Principal",)),
    "a statement without its list": (
        facts(_TOKEN, {"policy": json.dumps({"Statement": _allow("*")})}),
        _FIRST,
    ),
    "a policy that is no text": (facts(_TOKEN, {"policy": {"Statement": [_allow("*")]}}), _FIRST),
    "a condition that binds nobody": (
        _policy(_allow("*", Condition={"Bool": {"aws:SecureTransport": "true"}})),
        _FIRST,
    ),
    "a negation binds nobody": (
        _policy(_allow("*", Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})),
        _FIRST,
    ),
    "a demand only if the key is there": (
        _policy(_allow("*", Condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-123"}})),
        _FIRST,
    ),
    "all values of none": (
        _policy(_allow("*", Condition={"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-123"}})),
        _FIRST,
    ),
    "a wildcard binds nobody": (_policy(_allow("*", Condition={"StringLike": {"aws:SourceVpce": "*"}})), _FIRST),
    "an ARN of any account": (
        _policy(_allow("*", Condition={"ArnLike": {"aws:SourceArn": "arn:aws:sns:eu-central-1:*:topic"}})),
        _FIRST,
    ),
    "demands that are no mapping": (_policy(_allow("*", Condition={"StringEquals": "o-123"})), _FIRST),
    "any ARN": (_policy(_allow("*", Condition={"ArnLike": {"aws:SourceArn": "arn:*"}})), _FIRST),
    "some name in a list": (
        _policy(_allow("*", Condition={"StringLike": {"aws:SourceVpce": ["vpce-1", "*"]}})),
        _FIRST,
    ),
    "any name of a length": (_policy(_allow("*", Condition={"StringLike": {"aws:userid": "?*"}})), _FIRST),
    "a name that AWS fills in": (
        _policy(_allow("*", Condition={"StringEquals": {"aws:userid": "a${aws:userid}"}})),
        _FIRST,
    ),
    "a list of no values": (_policy(_allow("*", Condition={"StringEquals": {"aws:SourceVpce": []}})), _FIRST),
    "no JSON": (facts(_TOKEN, {"policy": "{"}), ("policy",)),
    "JSON, nested without end": (facts(_TOKEN, {"policy": "[" * 100_000}), ("policy",)),
    "JSON, but no object": (facts(_TOKEN, {"policy": "[]"}), ("policy",)),
    **{
        f"the policy of {token}": (facts(token, {"policy": json.dumps({"Statement": [_allow("*")]})}), _FIRST)
        for token in (
            "aws:s3/accessPoint:AccessPoint",
            "aws:s3/bucketV2:BucketV2",
            "aws:s3control/accessPointPolicy:AccessPointPolicy",
        )
    },
    "the bucket's own policy": (
        facts("aws:s3/bucket:Bucket", {"policy": json.dumps({"Statement": [_allow("*")]})}),
        _FIRST,
    ),
}
PENDING = {
    "what a condition demands": (
        facts(
            _TOKEN, {"policy": {"Statement": [_allow("*", Condition={"StringEquals": {"aws:SourceVpce": UNKNOWN}})]}}
        ),
        tuple(f"?{where}" for where in _FIRST),
    ),
    "what one of two conditions demands": (
        facts(
            _TOKEN,
            {
                "policy": {
                    "Statement": [
                        _allow("*", Condition={"StringLike": {"aws:SourceVpc": "*", "aws:SourceVpce": UNKNOWN}})
                    ]
                }
            },
        ),
        tuple(f"?{where}" for where in _FIRST),
    ),
    "the demands": (
        facts(_TOKEN, {"policy": {"Statement": [_allow("*", Condition={"StringEquals": UNKNOWN})]}}),
        tuple(f"?{where}" for where in _FIRST),
    ),
    "the condition": (
        facts(_TOKEN, {"policy": {"Statement": [_allow("*", Condition=UNKNOWN)]}}),
        tuple(f"?{where}" for where in _FIRST),
    ),
    "the policy": (facts(_TOKEN, {"policy": UNKNOWN}), ("?policy",)),
    "a policy that a preview does not show": (
        facts(_TOKEN, {"policy": SECRET}),
        tuple(f"?{where}" for where in _FIRST),
    ),
    "its statements": (facts(_TOKEN, {"policy": {"Statement": UNKNOWN}}), tuple(f"?{where}" for where in _FIRST)),
    "the principal": (
        facts(_TOKEN, {"policy": {"Statement": [_allow(UNKNOWN)]}}),
        tuple(f"?{where}" for where in _FIRST),
    ),
    "the effect": (
        facts(_TOKEN, {"policy": {"Statement": [{"Effect": UNKNOWN, "Principal": "*"}]}}),
        tuple(f"?{where}" for where in _FIRST),
    ),
}
