"""What carries databases over: instances and endpoints."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("migration", enable_key_rotation=True)
    group = aws.ec2.SecurityGroup("migration", description="of the migration")
    aws.dms.ReplicationInstance(
        "good",
        replication_instance_class="dms.t3.micro",
        replication_instance_id="good",
        kms_key_arn=key.arn,
        publicly_accessible=False,
        auto_minor_version_upgrade=True,
        vpc_security_group_ids=[group.id],
    )
    aws.dms.ReplicationInstance(
        "bad",
        replication_instance_class="dms.t3.micro",
        replication_instance_id="bad",
        publicly_accessible=True,
        auto_minor_version_upgrade=False,
    )
    aws.dms.Endpoint(
        "good",
        endpoint_id="good",
        endpoint_type="source",
        engine_name="postgres",
        ssl_mode="verify-full",
        kms_key_arn=key.arn,
    )
    aws.dms.Endpoint("bad", endpoint_id="bad", endpoint_type="target", engine_name="mysql", ssl_mode="none")


KEY = ref("aws_kms_key.migration.arn")
PLAN = plan(
    resource("aws_kms_key", "migration", {"enable_key_rotation": True}),
    resource("aws_security_group", "migration", {"description": "of the migration"}),
    resource(
        "aws_dms_replication_instance",
        "good",
        {
            "replication_instance_class": "dms.t3.micro",
            "replication_instance_id": "good",
            "kms_key_arn": KEY,
            "publicly_accessible": False,
            "auto_minor_version_upgrade": True,
            "vpc_security_group_ids": ref("aws_security_group.migration.id"),
        },
    ),
    resource(
        "aws_dms_replication_instance",
        "bad",
        {
            "replication_instance_class": "dms.t3.micro",
            "replication_instance_id": "bad",
            "publicly_accessible": True,
            "auto_minor_version_upgrade": False,
        },
    ),
    resource(
        "aws_dms_endpoint",
        "good",
        {
            "endpoint_id": "good",
            "endpoint_type": "source",
            "engine_name": "postgres",
            "ssl_mode": "verify-full",
            "kms_key_arn": KEY,
        },
    ),
    resource(
        "aws_dms_endpoint",
        "bad",
        {"endpoint_id": "bad", "endpoint_type": "target", "engine_name": "mysql", "ssl_mode": "none"},
    ),
)
