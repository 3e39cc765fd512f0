"""State machines, schedules, jobs and stacks."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

DEFINITION = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})


def _job(*, privileged: bool) -> str:
    return json.dumps({"image": "job", "vcpus": 1, "memory": 128, "privileged": privileged})


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("workflows", enable_key_rotation=True)
    logs = aws.cloudwatch.LogGroup("workflows", name="/workflows", retention_in_days=365, kms_key_id=key.arn)
    aws.sfn.StateMachine(
        "good",
        role_arn="arn:aws:iam::123456789012:role/run",
        definition=DEFINITION,
        tracing_configuration={"enabled": True},
        logging_configuration={
            "log_destination": logs.arn.apply(lambda arn: f"{arn}:*"),
            "include_execution_data": True,
            "level": "ERROR",
        },
    )
    aws.sfn.StateMachine(
        "bad",
        role_arn="arn:aws:iam::123456789012:role/run",
        definition=DEFINITION,
        tracing_configuration={"enabled": False},
    )
    aws.scheduler.Schedule(
        "good",
        schedule_expression="rate(1 hours)",
        kms_key_arn=key.arn,
        flexible_time_window={"mode": "OFF"},
        target={"arn": "arn:aws:sqs:eu-west-1:123456789012:jobs", "role_arn": "arn:aws:iam::123456789012:role/run"},
    )
    aws.scheduler.Schedule(
        "bad",
        schedule_expression="rate(1 hours)",
        flexible_time_window={"mode": "OFF"},
        target={"arn": "arn:aws:sqs:eu-west-1:123456789012:jobs", "role_arn": "arn:aws:iam::123456789012:role/run"},
    )
    aws.batch.JobDefinition("good", name="good", type="container", container_properties=_job(privileged=False))
    aws.batch.JobDefinition("bad", name="bad", type="container", container_properties=_job(privileged=True))
    aws.cloudformation.Stack(
        "good", name="good", template_body="{}", notification_arns=["arn:aws:sns:eu-west-1:123456789012:told"]
    )
    aws.cloudformation.Stack("bad", name="bad", template_body="{}")


PLAN = plan(
    resource("aws_kms_key", "workflows", {"enable_key_rotation": True}),
    resource(
        "aws_cloudwatch_log_group",
        "workflows",
        {"name": "/workflows", "retention_in_days": 365, "kms_key_id": ref("aws_kms_key.workflows.arn")},
    ),
    resource(
        "aws_sfn_state_machine",
        "good",
        {
            "role_arn": "arn:aws:iam::123456789012:role/run",
            "definition": DEFINITION,
            "tracing_configuration": [{"enabled": True}],
            "logging_configuration": [
                {
                    "log_destination": ref("aws_cloudwatch_log_group.workflows.arn"),
                    "include_execution_data": True,
                    "level": "ERROR",
                }
            ],
        },
    ),
    resource(
        "aws_sfn_state_machine",
        "bad",
        {
            "role_arn": "arn:aws:iam::123456789012:role/run",
            "definition": DEFINITION,
            "tracing_configuration": [{"enabled": False}],
        },
    ),
    resource(
        "aws_scheduler_schedule",
        "good",
        {
            "schedule_expression": "rate(1 hours)",
            "kms_key_arn": ref("aws_kms_key.workflows.arn"),
            "flexible_time_window": [{"mode": "OFF"}],
            "target": [
                {"arn": "arn:aws:sqs:eu-west-1:123456789012:jobs", "role_arn": "arn:aws:iam::123456789012:role/run"}
            ],
        },
    ),
    resource(
        "aws_scheduler_schedule",
        "bad",
        {
            "schedule_expression": "rate(1 hours)",
            "kms_key_arn": None,
            "flexible_time_window": [{"mode": "OFF"}],
            "target": [
                {"arn": "arn:aws:sqs:eu-west-1:123456789012:jobs", "role_arn": "arn:aws:iam::123456789012:role/run"}
            ],
        },
    ),
    resource(
        "aws_batch_job_definition",
        "good",
        {"name": "good", "type": "container", "container_properties": _job(privileged=False)},
    ),
    resource(
        "aws_batch_job_definition",
        "bad",
        {"name": "bad", "type": "container", "container_properties": _job(privileged=True)},
    ),
    resource(
        "aws_cloudformation_stack",
        "good",
        {"name": "good", "template_body": "{}", "notification_arns": ["arn:aws:sns:eu-west-1:123456789012:told"]},
    ),
    resource("aws_cloudformation_stack", "bad", {"name": "bad", "template_body": "{}", "notification_arns": None}),
)
