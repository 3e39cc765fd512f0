"""Stores in memory: MemoryDB and DAX."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("memory", enable_key_rotation=True)
    aws.memorydb.Cluster("good", acl_name="readers", node_type="db.t4g.small", kms_key_arn=key.arn, tls_enabled=True)
    aws.memorydb.Cluster("bad", acl_name="open-access", node_type="db.t4g.small", tls_enabled=False)
    aws.memorydb.Snapshot("good", cluster_name="good", kms_key_arn=key.arn)
    aws.memorydb.Snapshot("bad", cluster_name="bad")
    aws.dax.Cluster(
        "good",
        cluster_name="good",
        iam_role_arn="arn:aws:iam::123456789012:role/dax",
        node_type="dax.t3.small",
        replication_factor=1,
        server_side_encryption={"enabled": True},
        cluster_endpoint_encryption_type="TLS",
    )
    aws.dax.Cluster(
        "bad",
        cluster_name="bad",
        iam_role_arn="arn:aws:iam::123456789012:role/dax",
        node_type="dax.t3.small",
        replication_factor=1,
    )


PLAN = plan(
    resource("aws_kms_key", "memory", {"enable_key_rotation": True}),
    resource(
        "aws_memorydb_cluster",
        "good",
        {
            "acl_name": "readers",
            "node_type": "db.t4g.small",
            "kms_key_arn": ref("aws_kms_key.memory.arn"),
            "tls_enabled": True,
        },
    ),
    resource(
        "aws_memorydb_cluster",
        "bad",
        {"acl_name": "open-access", "node_type": "db.t4g.small", "kms_key_arn": None, "tls_enabled": False},
    ),
    resource("aws_memorydb_snapshot", "good", {"cluster_name": "good", "kms_key_arn": ref("aws_kms_key.memory.arn")}),
    resource("aws_memorydb_snapshot", "bad", {"cluster_name": "bad"}),
    resource(
        "aws_dax_cluster",
        "good",
        {
            "cluster_name": "good",
            "iam_role_arn": "arn:aws:iam::123456789012:role/dax",
            "node_type": "dax.t3.small",
            "replication_factor": 1,
            "server_side_encryption": [{"enabled": True}],
            "cluster_endpoint_encryption_type": "TLS",
        },
    ),
    resource(
        "aws_dax_cluster",
        "bad",
        {
            "cluster_name": "bad",
            "iam_role_arn": "arn:aws:iam::123456789012:role/dax",
            "node_type": "dax.t3.small",
            "replication_factor": 1,
        },
    ),
)
