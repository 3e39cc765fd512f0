"""Cases of `iam-resource-policy-private`."""

from __future__ import annotations

import json

from policies.facts import UNKNOWN, Facts, Value
from policies.rules.identity.resource_policy_private import PROPERTY
from tests.policies.make import facts

_KEY = "aws:kms/key:Key"
_LAYER = "aws:lambda/layerVersionPermission:LayerVersionPermission"
_ADDRESS = "aws:lambda/functionUrl:FunctionUrl"
_PERMISSION = "aws:lambda/permission:Permission"
_EVERYONE = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]})


def _key(**changes: Value) -> Facts:
    statement: Value = {
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "kms:Decrypt",
        "Resource": "*",
        **changes,
    }
    return facts(_KEY, {"policy": json.dumps({"Statement": [statement]})})


def _permission(**props: Value) -> Facts:
    return facts(_PERMISSION, {"action": "lambda:InvokeFunction", "function": "f", **props})


PASS = {
    "no policy": facts(_KEY, {}),
    "the account": _key(Principal={"AWS": "arn:aws:iam::123456789012:root"}, Action="kms:*"),
    "a service of the account": _key(
        Condition={
            "StringEquals": {"kms:CallerAccount": "123456789012", "kms:ViaService": "s3.eu-central-1.amazonaws.com"}
        }
    ),
    "a topic as AWS makes it": facts(
        "aws:sns/topicPolicy:TopicPolicy",
        {
            "policy": json.dumps(
                {"Statement": {"Principal": {"AWS": "*"}, "Condition": {"StringEquals": {"AWS:SourceOwner": "1234"}}}}
            )
        },
    ),
    "a service may invoke": _permission(principal="s3.amazonaws.com"),
    "everyone by one source": _permission(principal="*", sourceArn="arn:aws:sns:eu-central-1:1:t"),
    "everyone of one account": _permission(principal="*", sourceAccount="123456789012"),
    "everyone of one organization": _permission(principal="*", principalOrgId="o-123"),
    "everyone by one bucket": _permission(principal="*", sourceArn="arn:aws:s3:::vault"),
    "one account takes the layer": facts(_LAYER, {"principal": "123456789012"}),
    "one organization takes the layer": facts(_LAYER, {"principal": "*", "organizationId": "o-123"}),
    "an address for identities": facts(_ADDRESS, {"authorizationType": "AWS_IAM"}),
    "everyone of one organization's services": _key(Condition={"StringEquals": {"aws:SourceOrgID": "o-123"}}),
    "everyone for one bucket": _key(Condition={"ArnLike": {"aws:SourceArn": "arn:aws:s3:::vault*"}}),
    "a bucket has a rule of its own": facts("aws:s3/bucketPolicy:BucketPolicy", {"policy": _EVERYONE}),
}
FAIL = {
    **{
        token: (facts(token, {name: _EVERYONE}), (f"{name}.Statement[0].Principal",))
        for token, name in sorted(PROPERTY.items())
    },
    "everyone may decrypt": (_key(), ("policy.Statement[0].Principal",)),
    "everyone may invoke": (_permission(principal="*"), ("principal",)),
    "everyone by any bucket": (_permission(principal="*", sourceArn="arn:aws:s3:::*"), ("principal",)),
    "everyone by any source": (_permission(principal="*", sourceArn="*"), ("principal",)),
    "everyone by no source": (_permission(principal="*", sourceArn=""), ("principal",)),
    "wrong type: a source by number": (_permission(principal="*", sourceArn=1.0), ("principal",)),
    "everyone for any bucket": (
        _key(Condition={"ArnLike": {"aws:SourceArn": "arn:aws:s3:::*"}}),
        ("policy.Statement[0].Principal",),
    ),
    "everyone takes the layer": (facts(_LAYER, {"principal": "*"}), ("principal",)),
    "an address for everyone": (facts(_ADDRESS, {"authorizationType": "NONE"}), ("authorizationType",)),
    "no JSON": (facts(_KEY, {"policy": "x"}), ("policy",)),
}
PENDING = {
    "the policy": (facts(_KEY, {"policy": UNKNOWN}), ("?policy",)),
    "the address": (facts(_ADDRESS, {"authorizationType": UNKNOWN}), ("?authorizationType",)),
    "who may invoke": (_permission(principal=UNKNOWN), ("?principal",)),
    "what binds everyone": (_permission(principal="*", sourceArn=UNKNOWN), ("?principal",)),
}
