"""Neptune clusters, good and bad."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("graph", enable_key_rotation=True)
    good = aws.neptune.Cluster(
        "good",
        engine="neptune",
        storage_encrypted=True,
        kms_key_arn=key.arn,
        enable_cloudwatch_logs_exports=["audit", "slowquery"],
        iam_database_authentication_enabled=True,
        backup_retention_period=14,
        copy_tags_to_snapshot=True,
        deletion_protection=True,
    )
    bad = aws.neptune.Cluster(
        "bad",
        engine="neptune",
        storage_encrypted=False,
        backup_retention_period=1,
        deletion_protection=False,
        skip_final_snapshot=True,
    )
    aws.neptune.ClusterInstance(
        "good", cluster_identifier=good.id, instance_class="db.r6g.large", publicly_accessible=False
    )
    aws.neptune.ClusterInstance(
        "bad", cluster_identifier=bad.id, instance_class="db.r6g.large", publicly_accessible=True
    )
    aws.neptune.ClusterSnapshot("bad", db_cluster_identifier=bad.id, db_cluster_snapshot_identifier="bad")


PLAN = plan(
    resource("aws_kms_key", "graph", {"enable_key_rotation": True}),
    resource(
        "aws_neptune_cluster",
        "good",
        {
            "engine": "neptune",
            "storage_encrypted": True,
            "kms_key_arn": ref("aws_kms_key.graph.arn"),
            "enable_cloudwatch_logs_exports": ["audit", "slowquery"],
            "iam_database_authentication_enabled": True,
            "backup_retention_period": 14,
            "copy_tags_to_snapshot": True,
            "deletion_protection": True,
        },
    ),
    resource(
        "aws_neptune_cluster",
        "bad",
        {
            "engine": "neptune",
            "storage_encrypted": False,
            "backup_retention_period": 1,
            "deletion_protection": False,
            "skip_final_snapshot": True,
            "enable_cloudwatch_logs_exports": None,
            "copy_tags_to_snapshot": False,
        },
    ),
    resource(
        "aws_neptune_cluster_instance",
        "good",
        {
            "cluster_identifier": ref("aws_neptune_cluster.good.id"),
            "instance_class": "db.r6g.large",
            "publicly_accessible": False,
        },
    ),
    resource(
        "aws_neptune_cluster_instance",
        "bad",
        {
            "cluster_identifier": ref("aws_neptune_cluster.bad.id"),
            "instance_class": "db.r6g.large",
            "publicly_accessible": True,
        },
    ),
    resource(
        "aws_neptune_cluster_snapshot",
        "bad",
        {"db_cluster_identifier": ref("aws_neptune_cluster.bad.id"), "db_cluster_snapshot_identifier": "bad"},
    ),
)
