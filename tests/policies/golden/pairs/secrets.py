"""Secrets and parameters: sealed with a key of one's own, turned, or in the open."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("secrets", enable_key_rotation=True)
    good = aws.secretsmanager.Secret("good", name="good", kms_key_id=key.arn)
    aws.secretsmanager.SecretRotation(
        "good",
        secret_id=good.id,
        rotation_lambda_arn="arn:aws:lambda:eu-west-1:123456789012:function:turn",
        rotation_rules={"automatically_after_days": 30},
    )
    aws.secretsmanager.SecretVersion("good", secret_id=good.id, secret_string=pulumi.Output.secret("not-a-real-one"))
    bad = aws.secretsmanager.Secret("bad", name="bad")
    aws.secretsmanager.SecretRotation(
        "slow",
        secret_id="arn:aws:secretsmanager:eu-west-1:123456789012:secret:other",  # noqa: S106 - a name
        rotation_lambda_arn="arn:aws:lambda:eu-west-1:123456789012:function:turn",
        rotation_rules={"automatically_after_days": 365},
    )
    aws.secretsmanager.SecretVersion("bad", secret_id=bad.id, secret_string="not-a-real-one")  # noqa: S106 - it says so
    aws.ssm.Parameter(
        "good", name="/good", type="SecureString", key_id=key.arn, value=pulumi.Output.secret("not-a-real-one")
    )
    aws.ssm.Parameter("plain", name="/plain", type="String", value="not-a-secret")
    aws.ssm.Parameter("default-key", name="/default", type="SecureString", value=pulumi.Output.secret("not-a-real-one"))


PLAN = plan(
    resource("aws_kms_key", "secrets", {"enable_key_rotation": True}),
    resource(
        "aws_secretsmanager_secret",
        "good",
        {"name": "good", "kms_key_id": ref("aws_kms_key.secrets.arn"), "recovery_window_in_days": 30},
    ),
    resource(
        "aws_secretsmanager_secret_rotation",
        "good",
        {
            "secret_id": ref("aws_secretsmanager_secret.good.id"),
            "rotation_lambda_arn": "arn:aws:lambda:eu-west-1:123456789012:function:turn",
            "rotation_rules": [{"automatically_after_days": 30}],
        },
    ),
    resource(
        "aws_secretsmanager_secret_version",
        "good",
        {"secret_id": ref("aws_secretsmanager_secret.good.id"), "secret_string": "not-a-real-one"},
    ),
    resource("aws_secretsmanager_secret", "bad", {"name": "bad", "kms_key_id": None}),
    resource(
        "aws_secretsmanager_secret_rotation",
        "slow",
        {
            "secret_id": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:other",
            "rotation_lambda_arn": "arn:aws:lambda:eu-west-1:123456789012:function:turn",
            "rotation_rules": [{"automatically_after_days": 365}],
        },
    ),
    resource(
        "aws_secretsmanager_secret_version",
        "bad",
        {"secret_id": ref("aws_secretsmanager_secret.bad.id"), "secret_string": "not-a-real-one"},
    ),
    resource(
        "aws_ssm_parameter",
        "good",
        {"name": "/good", "type": "SecureString", "key_id": ref("aws_kms_key.secrets.arn"), "value": "not-a-real-one"},
    ),
    resource("aws_ssm_parameter", "plain", {"name": "/plain", "type": "String", "value": "not-a-secret"}),
    resource(
        "aws_ssm_parameter", "default-key", {"name": "/default", "type": "SecureString", "value": "not-a-real-one"}
    ),
)
