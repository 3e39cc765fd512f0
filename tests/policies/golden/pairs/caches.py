"""Caches: sealed, with a token and a spare; and plain ones."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("cache", enable_key_rotation=True)
    group = aws.elasticache.SubnetGroup("cache", name="cache", subnet_ids=["subnet-1", "subnet-2"])
    aws.elasticache.ReplicationGroup(
        "good",
        description="sessions",
        node_type="cache.t4g.small",
        num_cache_clusters=2,
        automatic_failover_enabled=True,
        multi_az_enabled=True,
        at_rest_encryption_enabled=True,
        transit_encryption_enabled=True,
        auth_token=pulumi.Output.secret("not-a-real-one"),
        kms_key_id=key.arn,
        subnet_group_name=group.name,
        snapshot_retention_limit=7,
    )
    aws.elasticache.ReplicationGroup(
        "bad",
        description="sessions",
        node_type="cache.t4g.small",
        automatic_failover_enabled=False,
        at_rest_encryption_enabled=False,
        transit_encryption_enabled=False,
    )
    aws.elasticache.Cluster(
        "good",
        engine="redis",
        node_type="cache.t4g.small",
        num_cache_nodes=1,
        snapshot_retention_limit=5,
        auto_minor_version_upgrade="true",
        subnet_group_name=group.name,
    )
    aws.elasticache.Cluster(
        "bad", engine="redis", node_type="cache.t4g.small", num_cache_nodes=1, auto_minor_version_upgrade="false"
    )


PLAN = plan(
    resource("aws_kms_key", "cache", {"enable_key_rotation": True}),
    resource("aws_elasticache_subnet_group", "cache", {"name": "cache", "subnet_ids": ["subnet-1", "subnet-2"]}),
    resource(
        "aws_elasticache_replication_group",
        "good",
        {
            "description": "sessions",
            "node_type": "cache.t4g.small",
            "num_cache_clusters": 2,
            "automatic_failover_enabled": True,
            "multi_az_enabled": True,
            "at_rest_encryption_enabled": "true",
            "transit_encryption_enabled": True,
            "auth_token": "not-a-real-one",
            "kms_key_id": ref("aws_kms_key.cache.arn"),
            "subnet_group_name": known("cache", "aws_elasticache_subnet_group.cache.name"),
            "snapshot_retention_limit": 7,
        },
    ),
    resource(
        "aws_elasticache_replication_group",
        "bad",
        {
            "description": "sessions",
            "node_type": "cache.t4g.small",
            "automatic_failover_enabled": False,
            "at_rest_encryption_enabled": "false",
            "transit_encryption_enabled": False,
            "auth_token": None,
            "kms_key_id": None,
        },
    ),
    resource(
        "aws_elasticache_cluster",
        "good",
        {
            "engine": "redis",
            "node_type": "cache.t4g.small",
            "num_cache_nodes": 1,
            "snapshot_retention_limit": 5,
            "auto_minor_version_upgrade": "true",
            "subnet_group_name": known("cache", "aws_elasticache_subnet_group.cache.name"),
        },
    ),
    resource(
        "aws_elasticache_cluster",
        "bad",
        {
            "engine": "redis",
            "node_type": "cache.t4g.small",
            "num_cache_nodes": 1,
            "auto_minor_version_upgrade": "false",
        },
    ),
)
