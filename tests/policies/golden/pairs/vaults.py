"""Vaults of backups, sealed with one's own key or not."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("vault", enable_key_rotation=True)
    good = aws.backup.Vault("good", name="good", kms_key_arn=key.arn, force_destroy=False)
    aws.backup.VaultLockConfiguration("good", backup_vault_name=good.name, min_retention_days=7)
    aws.backup.Vault("bad", name="bad")
    aws.glacier.Vault("good", name="good")
    aws.glacier.Vault(
        "anyone",
        name="anyone",
        access_policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "glacier:InitiateJob", "Resource": "*"}],
            }
        ),
    )


PLAN = plan(
    resource("aws_kms_key", "vault", {"enable_key_rotation": True}),
    resource(
        "aws_backup_vault",
        "good",
        {"name": "good", "kms_key_arn": ref("aws_kms_key.vault.arn"), "force_destroy": False},
    ),
    resource(
        "aws_backup_vault_lock_configuration",
        "good",
        {"backup_vault_name": known("good", "aws_backup_vault.good.name"), "min_retention_days": 7},
    ),
    resource("aws_backup_vault", "bad", {"name": "bad", "force_destroy": None}),
    resource("aws_glacier_vault", "good", {"name": "good"}),
    resource(
        "aws_glacier_vault",
        "anyone",
        {
            "name": "anyone",
            "access_policy": json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Effect": "Allow", "Principal": "*", "Action": "glacier:InitiateJob", "Resource": "*"}
                    ],
                }
            ),
        },
    ),
)
