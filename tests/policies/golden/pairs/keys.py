"""Keys: turned or not, with a policy of their own, beside them, for everyone, or none."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def _policy(principal: object) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"}],
        }
    )


OWN, ANYONE = _policy({"AWS": "arn:aws:iam::123456789012:root"}), _policy("*")


def program() -> None:
    """As a Pulumi program has it."""
    good = aws.kms.Key("good", enable_key_rotation=True, deletion_window_in_days=30, policy=OWN)
    aws.kms.Alias("good", name="alias/good", target_key_id=good.key_id)
    aws.kms.Key("anyone", policy=ANYONE, is_enabled=False)
    aws.kms.Key("bare")
    beside = aws.kms.Key("beside", enable_key_rotation=True)
    aws.kms.KeyPolicy("beside", key_id=beside.id, policy=OWN)
    aws.kms.Key("signing", key_usage="SIGN_VERIFY", customer_master_key_spec="RSA_4096")


PLAN = plan(
    resource(
        "aws_kms_key",
        "good",
        {
            "enable_key_rotation": True,
            "deletion_window_in_days": 30,
            "policy": OWN,
            "is_enabled": True,
            "customer_master_key_spec": "SYMMETRIC_DEFAULT",
            "key_usage": "ENCRYPT_DECRYPT",
        },
    ),
    resource("aws_kms_alias", "good", {"name": "alias/good", "target_key_id": ref("aws_kms_key.good.key_id")}),
    resource("aws_kms_key", "anyone", {"policy": ANYONE, "is_enabled": False}),
    resource("aws_kms_key", "bare", {"is_enabled": True, "enable_key_rotation": None}),
    resource("aws_kms_key", "beside", {"enable_key_rotation": True}),
    resource("aws_kms_key_policy", "beside", {"key_id": ref("aws_kms_key.beside.id"), "policy": OWN}),
    resource("aws_kms_key", "signing", {"key_usage": "SIGN_VERIFY", "customer_master_key_spec": "RSA_4096"}),
)
