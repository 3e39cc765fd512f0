"""Kubernetes clusters as they should not be: open to the world, silent, old."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    aws.eks.Cluster(
        "bad",
        role_arn="arn:aws:iam::123456789012:role/cluster",
        version="1.21",
        enabled_cluster_log_types=["api"],
        vpc_config={"subnet_ids": ["subnet-1"], "endpoint_public_access": True, "public_access_cidrs": ["0.0.0.0/0"]},
    )
    aws.eks.Cluster("bare", role_arn="arn:aws:iam::123456789012:role/cluster", vpc_config={"subnet_ids": ["subnet-1"]})
    aws.eks.Cluster(
        "narrow",
        role_arn="arn:aws:iam::123456789012:role/cluster",
        encryption_config={
            "provider": {"key_arn": "arn:aws:kms:eu-west-1:123456789012:key/1"},
            "resources": ["secrets"],
        },
        vpc_config={
            "subnet_ids": ["subnet-1"],
            "endpoint_public_access": True,
            "public_access_cidrs": ["203.0.113.0/24"],
        },
    )
    aws.eks.NodeGroup(
        "bad",
        cluster_name="main",
        node_role_arn="arn:aws:iam::123456789012:role/nodes",
        subnet_ids=["subnet-1"],
        scaling_config={"desired_size": 1, "min_size": 1, "max_size": 1},
        remote_access={"ec2_ssh_key": "key"},
    )


PLAN = plan(
    resource(
        "aws_eks_cluster",
        "bad",
        {
            "role_arn": "arn:aws:iam::123456789012:role/cluster",
            "version": "1.21",
            "enabled_cluster_log_types": ["api"],
            "vpc_config": [
                {"subnet_ids": ["subnet-1"], "endpoint_public_access": True, "public_access_cidrs": ["0.0.0.0/0"]}
            ],
            "encryption_config": [],
        },
    ),
    resource(
        "aws_eks_cluster",
        "bare",
        {
            "role_arn": "arn:aws:iam::123456789012:role/cluster",
            "enabled_cluster_log_types": None,
            "vpc_config": [
                {"subnet_ids": ["subnet-1"], "endpoint_private_access": False, "endpoint_public_access": True}
            ],
        },
    ),
    resource(
        "aws_eks_cluster",
        "narrow",
        {
            "role_arn": "arn:aws:iam::123456789012:role/cluster",
            "encryption_config": [
                {"provider": [{"key_arn": "arn:aws:kms:eu-west-1:123456789012:key/1"}], "resources": ["secrets"]}
            ],
            "vpc_config": [
                {"subnet_ids": ["subnet-1"], "endpoint_public_access": True, "public_access_cidrs": ["203.0.113.0/24"]}
            ],
        },
    ),
    resource(
        "aws_eks_node_group",
        "bad",
        {
            "cluster_name": "main",
            "node_role_arn": "arn:aws:iam::123456789012:role/nodes",
            "subnet_ids": ["subnet-1"],
            "scaling_config": [{"desired_size": 1, "min_size": 1, "max_size": 1}],
            "remote_access": [{"ec2_ssh_key": "key"}],
        },
    ),
)
