"""A Kubernetes cluster as it should be, with nodes that only a group may reach."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def _trust(service: str) -> str:
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}],
        }
    )


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("secrets", enable_key_rotation=True)
    role = aws.iam.Role("cluster", assume_role_policy=_trust("eks.amazonaws.com"))
    group = aws.ec2.SecurityGroup("cluster", description="of the control plane")
    cluster = aws.eks.Cluster(
        "main",
        role_arn=role.arn,
        version="1.33",
        enabled_cluster_log_types=["api", "audit", "authenticator", "controllerManager", "scheduler"],
        encryption_config={"provider": {"key_arn": key.arn}, "resources": ["secrets"]},
        vpc_config={
            "subnet_ids": ["subnet-1", "subnet-2"],
            "security_group_ids": [group.id],
            "endpoint_private_access": True,
            "endpoint_public_access": False,
        },
    )
    nodes = aws.iam.Role("nodes", assume_role_policy=_trust("ec2.amazonaws.com"))
    aws.eks.NodeGroup(
        "reached-by-a-group",
        cluster_name=cluster.name,
        node_role_arn=nodes.arn,
        subnet_ids=["subnet-1"],
        scaling_config={"desired_size": 2, "min_size": 1, "max_size": 4},
        remote_access={"ec2_ssh_key": "key", "source_security_group_ids": [group.id]},
        labels={"groundwork/pool": "general"},
    )
    aws.eks.NodeGroup(
        "shut",
        cluster_name=cluster.name,
        node_role_arn=nodes.arn,
        subnet_ids=["subnet-1"],
        scaling_config={"desired_size": 2, "min_size": 1, "max_size": 4},
        taints=[{"key": "dedicated", "value": "gpu", "effect": "NO_SCHEDULE"}],
    )


PLAN = plan(
    resource("aws_kms_key", "secrets", {"enable_key_rotation": True}),
    resource("aws_iam_role", "cluster", {"assume_role_policy": _trust("eks.amazonaws.com")}),
    resource("aws_security_group", "cluster", {"description": "of the control plane"}),
    resource(
        "aws_eks_cluster",
        "main",
        {
            "role_arn": ref("aws_iam_role.cluster.arn"),
            "version": "1.33",
            "enabled_cluster_log_types": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            "encryption_config": [
                {"provider": [{"key_arn": ref("aws_kms_key.secrets.arn")}], "resources": ["secrets"]}
            ],
            "vpc_config": [
                {
                    "subnet_ids": ["subnet-1", "subnet-2"],
                    "security_group_ids": ref("aws_security_group.cluster.id"),
                    "endpoint_private_access": True,
                    "endpoint_public_access": False,
                }
            ],
        },
    ),
    resource("aws_iam_role", "nodes", {"assume_role_policy": _trust("ec2.amazonaws.com")}),
    resource(
        "aws_eks_node_group",
        "reached-by-a-group",
        {
            "cluster_name": ref("aws_eks_cluster.main.name"),
            "node_role_arn": ref("aws_iam_role.nodes.arn"),
            "subnet_ids": ["subnet-1"],
            "scaling_config": [{"desired_size": 2, "min_size": 1, "max_size": 4}],
            "remote_access": [
                {"ec2_ssh_key": "key", "source_security_group_ids": ref("aws_security_group.cluster.id")}
            ],
            "labels": {"groundwork/pool": "general"},
        },
    ),
    resource(
        "aws_eks_node_group",
        "shut",
        {
            "cluster_name": ref("aws_eks_cluster.main.name"),
            "node_role_arn": ref("aws_iam_role.nodes.arn"),
            "subnet_ids": ["subnet-1"],
            "scaling_config": [{"desired_size": 2, "min_size": 1, "max_size": 4}],
            "taint": [{"key": "dedicated", "value": "gpu", "effect": "NO_SCHEDULE"}],
            "remote_access": [],
        },
    ),
)
