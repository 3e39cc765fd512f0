"""Aurora clusters as they should not be, and copies of databases that everyone may have."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    settings = aws.rds.ClusterParameterGroup(
        "quiet", family="aurora-postgresql16", parameters=[{"name": "autovacuum", "value": "1"}]
    )
    cluster = aws.rds.Cluster(
        "main",
        engine="aurora-postgresql",
        engine_version="10.11",
        master_username="owner",
        master_password=pulumi.Output.secret("not-a-real-one"),
        storage_encrypted=False,
        deletion_protection=False,
        iam_database_authentication_enabled=False,
        copy_tags_to_snapshot=False,
        skip_final_snapshot=True,
        db_cluster_parameter_group_name=settings.name,
    )
    aws.rds.ClusterInstance(
        "main",
        cluster_identifier=cluster.id,
        engine=aws.rds.EngineType.AURORA_POSTGRESQL,
        instance_class="db.r6g.large",
        publicly_accessible=True,
        monitoring_interval=0,
        auto_minor_version_upgrade=False,
    )
    aws.rds.Cluster(
        "mysql", engine="aurora-mysql", backup_retention_period=1, enabled_cloudwatch_logs_exports=["error"]
    )
    aws.rds.GlobalCluster(
        "world", global_cluster_identifier="world", engine="aurora-postgresql", storage_encrypted=False
    )
    aws.rds.InstanceAutomatedBackupsReplication(
        "copy", source_db_instance_arn="arn:aws:rds:eu-west-1:123456789012:db:main"
    )
    aws.rds.Snapshot("shared", db_instance_identifier="main", db_snapshot_identifier="one", shared_accounts=["all"])
    aws.rds.Snapshot("kept", db_instance_identifier="main", db_snapshot_identifier="two")
    aws.rds.ClusterSnapshot("main", db_cluster_identifier=cluster.id, db_cluster_snapshot_identifier="three")
    aws.rds.SnapshotCopy("plain", source_db_snapshot_identifier="one", target_db_snapshot_identifier="four")
    aws.rds.SnapshotCopy(
        "sealed",
        source_db_snapshot_identifier="one",
        target_db_snapshot_identifier="five",
        kms_key_id="arn:aws:kms:eu-west-1:123456789012:key/1",
    )


PLAN = plan(
    resource(
        "aws_rds_cluster_parameter_group",
        "quiet",
        {
            "family": "aurora-postgresql16",
            "parameter": [{"name": "autovacuum", "value": "1", "apply_method": "immediate"}],
        },
    ),
    resource(
        "aws_rds_cluster",
        "main",
        {
            "engine": "aurora-postgresql",
            "engine_version": "10.11",
            "master_username": "owner",
            "master_password": "not-a-real-one",
            "storage_encrypted": False,
            "deletion_protection": False,
            "iam_database_authentication_enabled": False,
            "copy_tags_to_snapshot": False,
            "skip_final_snapshot": True,
            "db_cluster_parameter_group_name": ref("aws_rds_cluster_parameter_group.quiet.name"),
            "enabled_cloudwatch_logs_exports": None,
        },
    ),
    resource(
        "aws_rds_cluster_instance",
        "main",
        {
            "cluster_identifier": ref("aws_rds_cluster.main.id"),
            "engine": "aurora-postgresql",
            "instance_class": "db.r6g.large",
            "publicly_accessible": True,
            "monitoring_interval": 0,
            "auto_minor_version_upgrade": False,
        },
    ),
    resource(
        "aws_rds_cluster",
        "mysql",
        {"engine": "aurora-mysql", "backup_retention_period": 1, "enabled_cloudwatch_logs_exports": ["error"]},
    ),
    resource(
        "aws_rds_global_cluster",
        "world",
        {"global_cluster_identifier": "world", "engine": "aurora-postgresql", "storage_encrypted": False},
    ),
    resource(
        "aws_db_instance_automated_backups_replication",
        "copy",
        {"source_db_instance_arn": "arn:aws:rds:eu-west-1:123456789012:db:main", "retention_period": 7},
    ),
    resource(
        "aws_db_snapshot",
        "shared",
        {"db_instance_identifier": "main", "db_snapshot_identifier": "one", "shared_accounts": ["all"]},
    ),
    resource(
        "aws_db_snapshot",
        "kept",
        {"db_instance_identifier": "main", "db_snapshot_identifier": "two", "shared_accounts": None},
    ),
    resource(
        "aws_db_cluster_snapshot",
        "main",
        {"db_cluster_identifier": ref("aws_rds_cluster.main.id"), "db_cluster_snapshot_identifier": "three"},
    ),
    resource(
        "aws_db_snapshot_copy",
        "plain",
        {"source_db_snapshot_identifier": "one", "target_db_snapshot_identifier": "four"},
    ),
    resource(
        "aws_db_snapshot_copy",
        "sealed",
        {
            "source_db_snapshot_identifier": "one",
            "target_db_snapshot_identifier": "five",
            "kms_key_id": "arn:aws:kms:eu-west-1:123456789012:key/1",
        },
    ),
)
