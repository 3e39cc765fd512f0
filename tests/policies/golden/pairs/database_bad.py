"""Databases as they should not be: public, plain, alone, old, and with settings that let plain text in."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    settings = aws.rds.ParameterGroup(
        "mysql", family="mysql8.0", parameters=[{"name": "require_secure_transport", "value": "0"}]
    )
    aws.rds.Instance(
        "main",
        engine="mysql",
        engine_version="8.0",
        instance_class="db.t3.micro",
        allocated_storage=20,
        username="owner",
        password="not-a-real-one",  # noqa: S106 - it says so
        storage_encrypted=False,
        publicly_accessible=True,
        multi_az=False,
        backup_retention_period=0,
        deletion_protection=False,
        copy_tags_to_snapshot=False,
        auto_minor_version_upgrade=False,
        iam_database_authentication_enabled=False,
        monitoring_interval=0,
        performance_insights_enabled=False,
        ca_cert_identifier="rds-ca-2015",
        parameter_group_name=settings.name,
    )
    aws.rds.Instance(
        "bare", instance_class="db.t3.micro", engine="postgres", engine_version="11.7", allocated_storage=5
    )
    aws.rds.Instance(
        "watched",
        instance_class="db.m6g.large",
        engine="postgres",
        engine_version="16.4",
        performance_insights_enabled=True,
    )
    aws.rds.Instance("aurora", instance_class="db.t3.medium", engine="aurora-postgresql", engine_version="10.11")


PLAN = plan(
    resource(
        "aws_db_parameter_group",
        "mysql",
        {
            "family": "mysql8.0",
            "parameter": [{"name": "require_secure_transport", "value": "0", "apply_method": "immediate"}],
        },
    ),
    resource(
        "aws_db_instance",
        "main",
        {
            "engine": "mysql",
            "engine_version": "8.0",
            "instance_class": "db.t3.micro",
            "allocated_storage": 20,
            "username": "owner",
            "password": "not-a-real-one",
            "storage_encrypted": False,
            "publicly_accessible": True,
            "multi_az": False,
            "backup_retention_period": 0,
            "deletion_protection": False,
            "copy_tags_to_snapshot": False,
            "auto_minor_version_upgrade": False,
            "iam_database_authentication_enabled": False,
            "monitoring_interval": 0,
            "performance_insights_enabled": False,
            "ca_cert_identifier": "rds-ca-2015",
            "parameter_group_name": ref("aws_db_parameter_group.mysql.name"),
            "enabled_cloudwatch_logs_exports": None,
        },
    ),
    resource(
        "aws_db_instance",
        "bare",
        {"instance_class": "db.t3.micro", "engine": "postgres", "engine_version": "11.7", "allocated_storage": 5},
    ),
    resource(
        "aws_db_instance",
        "watched",
        {
            "instance_class": "db.m6g.large",
            "engine": "postgres",
            "engine_version": "16.4",
            "performance_insights_enabled": True,
        },
    ),
    resource(
        "aws_db_instance",
        "aurora",
        {"instance_class": "db.t3.medium", "engine": "aurora-postgresql", "engine_version": "10.11"},
    ),
)
