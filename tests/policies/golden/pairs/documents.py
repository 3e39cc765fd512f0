"""DocumentDB clusters, their settings, and clusters over many regions."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("documents", enable_key_rotation=True)
    settings = aws.docdb.ClusterParameterGroup(
        "good",
        family="docdb5.0",
        parameters=[{"name": "tls", "value": "enabled"}, {"name": "audit_logs", "value": "enabled"}],
    )
    aws.docdb.ClusterParameterGroup(
        "bad",
        family="docdb5.0",
        parameters=[{"name": "tls", "value": "disabled"}, {"name": "audit_logs", "value": "disabled"}],
    )
    aws.docdb.Cluster(
        "good",
        master_username="keeper",
        master_password=pulumi.Output.secret("not-a-real-one"),
        storage_encrypted=True,
        kms_key_id=key.arn,
        enabled_cloudwatch_logs_exports=["audit", "profiler"],
        backup_retention_period=14,
        db_cluster_parameter_group_name=settings.name,
    )
    aws.docdb.Cluster("bad", storage_encrypted=False, backup_retention_period=1, skip_final_snapshot=True)
    aws.docdb.GlobalCluster("good", global_cluster_identifier="good", storage_encrypted=True)
    aws.docdb.GlobalCluster("bad", global_cluster_identifier="bad")


PLAN = plan(
    resource("aws_kms_key", "documents", {"enable_key_rotation": True}),
    resource(
        "aws_docdb_cluster_parameter_group",
        "good",
        {
            "family": "docdb5.0",
            "parameter": [{"name": "tls", "value": "enabled"}, {"name": "audit_logs", "value": "enabled"}],
        },
    ),
    resource(
        "aws_docdb_cluster_parameter_group",
        "bad",
        {
            "family": "docdb5.0",
            "parameter": [{"name": "tls", "value": "disabled"}, {"name": "audit_logs", "value": "disabled"}],
        },
    ),
    resource(
        "aws_docdb_cluster",
        "good",
        {
            "master_username": "keeper",
            "master_password": "not-a-real-one",
            "storage_encrypted": True,
            "kms_key_id": ref("aws_kms_key.documents.arn"),
            "enabled_cloudwatch_logs_exports": ["audit", "profiler"],
            "backup_retention_period": 14,
            "db_cluster_parameter_group_name": ref("aws_docdb_cluster_parameter_group.good.name"),
        },
    ),
    resource(
        "aws_docdb_cluster",
        "bad",
        {"storage_encrypted": False, "backup_retention_period": 1, "skip_final_snapshot": True},
    ),
    resource("aws_docdb_global_cluster", "good", {"global_cluster_identifier": "good", "storage_encrypted": True}),
    resource("aws_docdb_global_cluster", "bad", {"global_cluster_identifier": "bad", "storage_encrypted": False}),
)
