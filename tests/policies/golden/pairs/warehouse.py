"""Data warehouses, with their settings, their logs and their copies."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("warehouse", enable_key_rotation=True)
    settings = aws.redshift.ParameterGroup(
        "good", name="good", family="redshift-1.0", parameters=[{"name": "require_ssl", "value": "true"}]
    )
    aws.redshift.ParameterGroup(
        "bad", name="bad", family="redshift-1.0", parameters=[{"name": "require_ssl", "value": "false"}]
    )
    aws.redshift.Cluster(
        "good",
        cluster_identifier="good",
        node_type="ra3.large",
        database_name="chapters",
        master_username="keeper",
        manage_master_password=True,
        encrypted="true",
        kms_key_id=key.arn,
        publicly_accessible=False,
        enhanced_vpc_routing=True,
        allow_version_upgrade=True,
        automated_snapshot_retention_period=7,
        cluster_subnet_group_name="inner",
        cluster_parameter_group_name=settings.name,
    )
    aws.redshift.Cluster(
        "bad",
        cluster_identifier="bad",
        node_type="ra3.large",
        database_name="dev",
        master_username="awsuser",
        master_password=pulumi.Output.secret("not-a-real-one"),
        encrypted="false",
        publicly_accessible=True,
        enhanced_vpc_routing=False,
        allow_version_upgrade=False,
        automated_snapshot_retention_period=0,
    )
    aws.redshift.SnapshotCopyGrant("good", snapshot_copy_grant_name="good", kms_key_id=key.arn)
    aws.redshift.SnapshotCopyGrant("bad", snapshot_copy_grant_name="bad")
    aws.redshiftserverless.Namespace("good", namespace_name="good", kms_key_id=key.arn)
    aws.redshiftserverless.Namespace("bad", namespace_name="bad")


PLAN = plan(
    resource("aws_kms_key", "warehouse", {"enable_key_rotation": True}),
    resource(
        "aws_redshift_parameter_group",
        "good",
        {"name": "good", "family": "redshift-1.0", "parameter": [{"name": "require_ssl", "value": "true"}]},
    ),
    resource(
        "aws_redshift_parameter_group",
        "bad",
        {"name": "bad", "family": "redshift-1.0", "parameter": [{"name": "require_ssl", "value": "false"}]},
    ),
    resource(
        "aws_redshift_cluster",
        "good",
        {
            "cluster_identifier": "good",
            "node_type": "ra3.large",
            "database_name": "chapters",
            "master_username": "keeper",
            "manage_master_password": True,
            "encrypted": "true",
            "kms_key_id": ref("aws_kms_key.warehouse.arn"),
            "publicly_accessible": False,
            "enhanced_vpc_routing": True,
            "allow_version_upgrade": True,
            "automated_snapshot_retention_period": 7,
            "cluster_subnet_group_name": "inner",
            "cluster_parameter_group_name": known("good", "aws_redshift_parameter_group.good.name"),
        },
    ),
    resource(
        "aws_redshift_cluster",
        "bad",
        {
            "cluster_identifier": "bad",
            "node_type": "ra3.large",
            "database_name": "dev",
            "master_username": "awsuser",
            "master_password": "not-a-real-one",
            "encrypted": "false",
            "publicly_accessible": True,
            "enhanced_vpc_routing": False,
            "allow_version_upgrade": False,
            "automated_snapshot_retention_period": 0,
        },
    ),
    resource(
        "aws_redshift_snapshot_copy_grant",
        "good",
        {"snapshot_copy_grant_name": "good", "kms_key_id": ref("aws_kms_key.warehouse.arn")},
    ),
    resource("aws_redshift_snapshot_copy_grant", "bad", {"snapshot_copy_grant_name": "bad"}),
    resource(
        "aws_redshiftserverless_namespace",
        "good",
        {"namespace_name": "good", "kms_key_id": ref("aws_kms_key.warehouse.arn")},
    ),
    resource("aws_redshiftserverless_namespace", "bad", {"namespace_name": "bad"}),
)
