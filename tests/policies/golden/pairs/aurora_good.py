"""Aurora clusters as they should be, with their backup plan and the log of their queries."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "backup.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("data", enable_key_rotation=True)
    settings = aws.rds.ClusterParameterGroup(
        "postgres",
        family="aurora-postgresql16",
        parameters=[{"name": "log_statement", "value": "all"}, {"name": "log_min_duration_statement", "value": "1"}],
    )
    cluster = aws.rds.Cluster(
        "main",
        engine="aurora-postgresql",
        engine_version="16.4",
        master_username="owner",
        manage_master_user_password=True,
        storage_encrypted=True,
        kms_key_id=key.arn,
        backup_retention_period=14,
        deletion_protection=True,
        copy_tags_to_snapshot=True,
        iam_database_authentication_enabled=True,
        enabled_cloudwatch_logs_exports=["postgresql"],
        db_cluster_parameter_group_name=settings.name,
    )
    aws.rds.ClusterInstance(
        "main",
        cluster_identifier=cluster.id,
        engine=aws.rds.EngineType.AURORA_POSTGRESQL,
        instance_class="db.r6g.large",
        publicly_accessible=False,
        monitoring_interval=5,
        auto_minor_version_upgrade=True,
        performance_insights_enabled=True,
        performance_insights_kms_key_id=key.arn,
    )
    aws.rds.Cluster(
        "mysql",
        engine="aurora-mysql",
        storage_encrypted=True,
        kms_key_id=key.arn,
        backtrack_window=86400,
        enabled_cloudwatch_logs_exports=["audit", "error"],
    )
    role = aws.iam.Role("backup", assume_role_policy=TRUST)
    nightly = aws.backup.Plan(
        "nightly",
        name="nightly",
        rules=[{"rule_name": "nightly", "target_vault_name": "vault", "schedule": "cron(0 3 * * ? *)"}],
    )
    aws.backup.Selection("data", name="data", plan_id=nightly.id, iam_role_arn=role.arn, resources=[cluster.arn])
    aws.rds.GlobalCluster(
        "world", global_cluster_identifier="world", engine="aurora-postgresql", storage_encrypted=True
    )
    aws.rds.ClusterActivityStream("audit", resource_arn=cluster.arn, mode="async", kms_key_id=key.key_id)
    aws.rds.InstanceAutomatedBackupsReplication(
        "copy", source_db_instance_arn="arn:aws:rds:eu-west-1:123456789012:db:main", kms_key_id=key.arn
    )


KEY = ref("aws_kms_key.data.arn")
PLAN = plan(
    resource("aws_kms_key", "data", {"enable_key_rotation": True}),
    resource(
        "aws_rds_cluster_parameter_group",
        "postgres",
        {
            "family": "aurora-postgresql16",
            "parameter": [
                {"name": "log_min_duration_statement", "value": "1", "apply_method": "immediate"},
                {"name": "log_statement", "value": "all", "apply_method": "immediate"},
            ],
        },
    ),
    resource(
        "aws_rds_cluster",
        "main",
        {
            "engine": "aurora-postgresql",
            "engine_version": "16.4",
            "master_username": "owner",
            "manage_master_user_password": True,
            "storage_encrypted": True,
            "kms_key_id": KEY,
            "backup_retention_period": 14,
            "deletion_protection": True,
            "copy_tags_to_snapshot": True,
            "iam_database_authentication_enabled": True,
            "enabled_cloudwatch_logs_exports": ["postgresql"],
            "db_cluster_parameter_group_name": ref("aws_rds_cluster_parameter_group.postgres.name"),
        },
    ),
    resource(
        "aws_rds_cluster_instance",
        "main",
        {
            "cluster_identifier": ref("aws_rds_cluster.main.id"),
            "engine": "aurora-postgresql",
            "instance_class": "db.r6g.large",
            "publicly_accessible": False,
            "monitoring_interval": 5,
            "auto_minor_version_upgrade": True,
            "performance_insights_enabled": True,
            "performance_insights_kms_key_id": KEY,
        },
    ),
    resource(
        "aws_rds_cluster",
        "mysql",
        {
            "engine": "aurora-mysql",
            "storage_encrypted": True,
            "kms_key_id": KEY,
            "backtrack_window": 86400,
            "enabled_cloudwatch_logs_exports": ["audit", "error"],
        },
    ),
    resource("aws_iam_role", "backup", {"assume_role_policy": TRUST}),
    resource(
        "aws_backup_plan",
        "nightly",
        {
            "name": "nightly",
            "rule": [{"rule_name": "nightly", "target_vault_name": "vault", "schedule": "cron(0 3 * * ? *)"}],
        },
    ),
    resource(
        "aws_backup_selection",
        "data",
        {
            "name": "data",
            "plan_id": ref("aws_backup_plan.nightly.id"),
            "iam_role_arn": ref("aws_iam_role.backup.arn"),
            "resources": ref("aws_rds_cluster.main.arn"),
        },
    ),
    resource(
        "aws_rds_global_cluster",
        "world",
        {"global_cluster_identifier": "world", "engine": "aurora-postgresql", "storage_encrypted": True},
    ),
    resource(
        "aws_rds_cluster_activity_stream",
        "audit",
        {
            "resource_arn": ref("aws_rds_cluster.main.arn"),
            "mode": "async",
            "kms_key_id": ref("aws_kms_key.data.key_id"),
        },
    ),
    resource(
        "aws_db_instance_automated_backups_replication",
        "copy",
        {"source_db_instance_arn": "arn:aws:rds:eu-west-1:123456789012:db:main", "kms_key_id": KEY},
    ),
)
