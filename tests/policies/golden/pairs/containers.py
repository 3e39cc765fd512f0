"""Clusters, services and tasks of ECS."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

GOOD = json.dumps([{"name": "web", "image": "web@sha256:0", "readonlyRootFilesystem": True, "privileged": False}])
BAD = json.dumps([{"name": "web", "image": "web:latest", "privileged": True}])


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("commands", enable_key_rotation=True)
    good = aws.ecs.Cluster(
        "good",
        settings=[{"name": "containerInsights", "value": "enabled"}],
        configuration={
            "execute_command_configuration": {
                "kms_key_id": key.arn,
                "logging": "OVERRIDE",
                "log_configuration": {"cloud_watch_encryption_enabled": True, "cloud_watch_log_group_name": "/ecs"},
            }
        },
    )
    aws.ecs.Cluster(
        "bad",
        settings=[{"name": "containerInsights", "value": "disabled"}],
        configuration={"execute_command_configuration": {"logging": "NONE"}},
    )
    task = aws.ecs.TaskDefinition(
        "good",
        family="web",
        network_mode="awsvpc",
        container_definitions=GOOD,
        execution_role_arn="arn:aws:iam::123456789012:role/start",
        task_role_arn="arn:aws:iam::123456789012:role/run",
        volumes=[
            {"name": "files", "efs_volume_configuration": {"file_system_id": "fs-1", "transit_encryption": "ENABLED"}},
        ],
    )
    aws.ecs.TaskDefinition(
        "bad",
        family="web",
        container_definitions=BAD,
        pid_mode="host",
        execution_role_arn="arn:aws:iam::123456789012:role/run",
        task_role_arn="arn:aws:iam::123456789012:role/run",
        volumes=[{"name": "files", "efs_volume_configuration": {"file_system_id": "fs-1"}}],
    )
    aws.ecs.Service(
        "good",
        cluster=good.id,
        task_definition=task.arn,
        launch_type="FARGATE",
        network_configuration={"subnets": ["subnet-1"], "assign_public_ip": False},
    )
    aws.ecs.Service(
        "bad",
        cluster=good.id,
        task_definition=task.arn,
        launch_type="FARGATE",
        platform_version="1.3.0",
        network_configuration={"subnets": ["subnet-1"], "assign_public_ip": True},
    )


PLAN = plan(
    resource("aws_kms_key", "commands", {"enable_key_rotation": True}),
    resource(
        "aws_ecs_cluster",
        "good",
        {
            "setting": [{"name": "containerInsights", "value": "enabled"}],
            "configuration": [
                {
                    "execute_command_configuration": [
                        {
                            "kms_key_id": ref("aws_kms_key.commands.arn"),
                            "logging": "OVERRIDE",
                            "log_configuration": [
                                {"cloud_watch_encryption_enabled": True, "cloud_watch_log_group_name": "/ecs"}
                            ],
                        }
                    ]
                }
            ],
        },
    ),
    resource(
        "aws_ecs_cluster",
        "bad",
        {
            "setting": [{"name": "containerInsights", "value": "disabled"}],
            "configuration": [{"execute_command_configuration": [{"logging": "NONE", "kms_key_id": None}]}],
        },
    ),
    resource(
        "aws_ecs_task_definition",
        "good",
        {
            "family": "web",
            "network_mode": "awsvpc",
            "container_definitions": GOOD,
            "execution_role_arn": "arn:aws:iam::123456789012:role/start",
            "task_role_arn": "arn:aws:iam::123456789012:role/run",
            "volume": [
                {
                    "name": "files",
                    "efs_volume_configuration": [{"file_system_id": "fs-1", "transit_encryption": "ENABLED"}],
                }
            ],
        },
    ),
    resource(
        "aws_ecs_task_definition",
        "bad",
        {
            "family": "web",
            "container_definitions": BAD,
            "pid_mode": "host",
            "execution_role_arn": "arn:aws:iam::123456789012:role/run",
            "task_role_arn": "arn:aws:iam::123456789012:role/run",
            "volume": [
                {"name": "files", "efs_volume_configuration": [{"file_system_id": "fs-1", "transit_encryption": None}]}
            ],
        },
    ),
    resource(
        "aws_ecs_service",
        "good",
        {
            "cluster": ref("aws_ecs_cluster.good.id"),
            "task_definition": ref("aws_ecs_task_definition.good.arn"),
            "launch_type": "FARGATE",
            "network_configuration": [{"subnets": ["subnet-1"], "assign_public_ip": False}],
        },
    ),
    resource(
        "aws_ecs_service",
        "bad",
        {
            "cluster": ref("aws_ecs_cluster.good.id"),
            "task_definition": ref("aws_ecs_task_definition.good.arn"),
            "launch_type": "FARGATE",
            "platform_version": "1.3.0",
            "network_configuration": [{"subnets": ["subnet-1"], "assign_public_ip": True}],
        },
    ),
)
