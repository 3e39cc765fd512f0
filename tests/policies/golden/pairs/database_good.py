"""Databases as they should be: encrypted, watched, copied, and talking TLS only."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("data", enable_key_rotation=True)
    settings = aws.rds.ParameterGroup(
        "postgres",
        family="postgres16",
        parameters=[
            {"name": "log_statement", "value": "all"},
            {"name": "log_min_duration_statement", "value": "1"},
            {"name": "rds.force_ssl", "value": "1"},
        ],
    )
    aws.rds.Instance(
        "main",
        engine="postgres",
        engine_version="16.4",
        instance_class="db.m6g.large",
        allocated_storage=20,
        username="owner",
        password=pulumi.Output.secret("not-a-real-one"),
        storage_encrypted=True,
        kms_key_id=key.arn,
        publicly_accessible=False,
        multi_az=True,
        backup_retention_period=7,
        deletion_protection=True,
        copy_tags_to_snapshot=True,
        auto_minor_version_upgrade=True,
        iam_database_authentication_enabled=True,
        monitoring_interval=30,
        performance_insights_enabled=True,
        performance_insights_kms_key_id=key.arn,
        enabled_cloudwatch_logs_exports=["postgresql", "upgrade"],
        ca_cert_identifier="rds-ca-rsa2048-g1",
        parameter_group_name=settings.name,
        tags={"groundwork:backup-policy": "daily"},
    )


PLAN = plan(
    resource("aws_kms_key", "data", {"enable_key_rotation": True}),
    resource(
        "aws_db_parameter_group",
        "postgres",
        {
            "family": "postgres16",
            "parameter": [
                {"name": "log_min_duration_statement", "value": "1", "apply_method": "immediate"},
                {"name": "log_statement", "value": "all", "apply_method": "immediate"},
                {"name": "rds.force_ssl", "value": "1", "apply_method": "immediate"},
            ],
        },
    ),
    resource(
        "aws_db_instance",
        "main",
        {
            "engine": "postgres",
            "engine_version": "16.4",
            "instance_class": "db.m6g.large",
            "allocated_storage": 20,
            "username": "owner",
            "password": "not-a-real-one",
            "storage_encrypted": True,
            "kms_key_id": ref("aws_kms_key.data.arn"),
            "publicly_accessible": False,
            "multi_az": True,
            "backup_retention_period": 7,
            "deletion_protection": True,
            "copy_tags_to_snapshot": True,
            "auto_minor_version_upgrade": True,
            "iam_database_authentication_enabled": True,
            "monitoring_interval": 30,
            "performance_insights_enabled": True,
            "performance_insights_kms_key_id": ref("aws_kms_key.data.arn"),
            "enabled_cloudwatch_logs_exports": ["postgresql", "upgrade"],
            "ca_cert_identifier": "rds-ca-rsa2048-g1",
            "parameter_group_name": ref("aws_db_parameter_group.postgres.name"),
            "tags": {"groundwork:backup-policy": "daily"},
        },
    ),
)
