"""Tables: sealed and kept, growing by themselves or paid by the request, and bare."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("tables", enable_key_rotation=True)
    aws.dynamodb.Table(
        "good",
        name="good",
        hash_key="id",
        billing_mode="PAY_PER_REQUEST",
        attributes=[{"name": "id", "type": "S"}],
        point_in_time_recovery={"enabled": True},
        server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
    )
    grown = aws.dynamodb.Table(
        "grown",
        name="grown",
        hash_key="id",
        billing_mode="PROVISIONED",
        read_capacity=5,
        write_capacity=5,
        attributes=[{"name": "id", "type": "S"}],
    )
    target = aws.appautoscaling.Target(
        "grown",
        max_capacity=100,
        min_capacity=5,
        resource_id=grown.id.apply(lambda name: f"table/{name}"),
        scalable_dimension="dynamodb:table:ReadCapacityUnits",
        service_namespace="dynamodb",
    )
    aws.appautoscaling.Policy(
        "grown",
        policy_type="TargetTrackingScaling",
        resource_id=target.resource_id,
        scalable_dimension=target.scalable_dimension,
        service_namespace=target.service_namespace,
        target_tracking_scaling_policy_configuration={
            "predefined_metric_specification": {"predefined_metric_type": "DynamoDBReadCapacityUtilization"},
            "target_value": 70,
        },
    )
    aws.dynamodb.Table(
        "bad",
        name="bad",
        hash_key="id",
        attributes=[{"name": "id", "type": "S"}],
        read_capacity=1,
        write_capacity=1,
        server_side_encryption={"enabled": False},
    )
    aws.dynamodb.TableReplica("good", global_table_arn=grown.arn, kms_key_arn=key.arn, point_in_time_recovery=True)
    aws.dynamodb.TableReplica("bad", global_table_arn=grown.arn)


PLAN = plan(
    resource("aws_kms_key", "tables", {"enable_key_rotation": True}),
    resource(
        "aws_dynamodb_table",
        "good",
        {
            "name": "good",
            "hash_key": "id",
            "billing_mode": "PAY_PER_REQUEST",
            "attribute": [{"name": "id", "type": "S"}],
            "point_in_time_recovery": [{"enabled": True}],
            "server_side_encryption": [{"enabled": True, "kms_key_arn": ref("aws_kms_key.tables.arn")}],
        },
    ),
    resource(
        "aws_dynamodb_table",
        "grown",
        {
            "name": "grown",
            "hash_key": "id",
            "billing_mode": "PROVISIONED",
            "read_capacity": 5,
            "write_capacity": 5,
            "attribute": [{"name": "id", "type": "S"}],
        },
    ),
    resource(
        "aws_appautoscaling_target",
        "grown",
        {
            "max_capacity": 100,
            "min_capacity": 5,
            "resource_id": ref("aws_dynamodb_table.grown.id"),
            "scalable_dimension": "dynamodb:table:ReadCapacityUnits",
            "service_namespace": "dynamodb",
        },
    ),
    resource(
        "aws_appautoscaling_policy",
        "grown",
        {
            "policy_type": "TargetTrackingScaling",
            "resource_id": ref("aws_appautoscaling_target.grown.resource_id"),
            "scalable_dimension": known(
                "dynamodb:table:ReadCapacityUnits", "aws_appautoscaling_target.grown.scalable_dimension"
            ),
            "service_namespace": known("dynamodb", "aws_appautoscaling_target.grown.service_namespace"),
            "target_tracking_scaling_policy_configuration": [
                {
                    "predefined_metric_specification": [{"predefined_metric_type": "DynamoDBReadCapacityUtilization"}],
                    "target_value": 70,
                }
            ],
        },
    ),
    resource(
        "aws_dynamodb_table",
        "bad",
        {
            "name": "bad",
            "hash_key": "id",
            "billing_mode": "PROVISIONED",
            "read_capacity": 1,
            "write_capacity": 1,
            "attribute": [{"name": "id", "type": "S"}],
            "server_side_encryption": [{"enabled": False}],
        },
    ),
    resource(
        "aws_dynamodb_table_replica",
        "good",
        {
            "global_table_arn": ref("aws_dynamodb_table.grown.arn"),
            "kms_key_arn": ref("aws_kms_key.tables.arn"),
            "point_in_time_recovery": True,
        },
    ),
    resource(
        "aws_dynamodb_table_replica",
        "bad",
        {"global_table_arn": ref("aws_dynamodb_table.grown.arn"), "kms_key_arn": None},
    ),
)
