"""A function as it should be."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("functions", enable_key_rotation=True)
    role = aws.iam.Role("function", assume_role_policy=TRUST)
    dead = aws.sqs.Queue("dead", kms_master_key_id=key.id)
    group = aws.ec2.SecurityGroup("function", description="of the function")
    signing = aws.lambda_.CodeSigningConfig(
        "signed",
        allowed_publishers={
            "signing_profile_version_arns": ["arn:aws:signer:eu-west-1:123456789012:/signing-profiles/one/1"]
        },
    )
    function = aws.lambda_.Function(
        "good",
        name="good",
        role=role.arn,
        runtime="python3.13",
        handler="app.handle",
        s3_bucket="code",
        s3_key="app.zip",
        kms_key_arn=key.arn,
        reserved_concurrent_executions=10,
        code_signing_config_arn=signing.arn,
        dead_letter_config={"target_arn": dead.arn},
        tracing_config={"mode": "Active"},
        vpc_config={"subnet_ids": ["subnet-1"], "security_group_ids": [group.id]},
        environment={"variables": {"LOG_LEVEL": "info", "some.dotted-Key": "value", "QUEUE": dead.id}},
    )
    aws.lambda_.FunctionUrl(
        "good",
        function_name=function.name,
        authorization_type="AWS_IAM",
        cors={"allow_origins": ["https://example.com"], "allow_methods": ["GET"]},
    )
    aws.lambda_.Permission(
        "good",
        action="lambda:InvokeFunction",
        function=function.name,
        principal="events.amazonaws.com",
        source_arn="arn:aws:events:eu-west-1:123456789012:rule/nightly",
    )


PLAN = plan(
    resource("aws_kms_key", "functions", {"enable_key_rotation": True}),
    resource("aws_iam_role", "function", {"assume_role_policy": TRUST}),
    resource("aws_sqs_queue", "dead", {"kms_master_key_id": ref("aws_kms_key.functions.id")}),
    resource("aws_security_group", "function", {"description": "of the function"}),
    resource(
        "aws_lambda_code_signing_config",
        "signed",
        {
            "allowed_publishers": [
                {"signing_profile_version_arns": ["arn:aws:signer:eu-west-1:123456789012:/signing-profiles/one/1"]}
            ]
        },
    ),
    resource(
        "aws_lambda_function",
        "good",
        {
            "function_name": "good",
            "role": ref("aws_iam_role.function.arn"),
            "runtime": "python3.13",
            "handler": "app.handle",
            "s3_bucket": "code",
            "s3_key": "app.zip",
            "kms_key_arn": ref("aws_kms_key.functions.arn"),
            "reserved_concurrent_executions": 10,
            "code_signing_config_arn": ref("aws_lambda_code_signing_config.signed.arn"),
            "dead_letter_config": [{"target_arn": ref("aws_sqs_queue.dead.arn")}],
            "tracing_config": [{"mode": "Active"}],
            "vpc_config": [{"subnet_ids": ["subnet-1"], "security_group_ids": ref("aws_security_group.function.id")}],
            "environment": [
                {"variables": {"LOG_LEVEL": "info", "some.dotted-Key": "value", "QUEUE": ref("aws_sqs_queue.dead.id")}}
            ],
        },
    ),
    resource(
        "aws_lambda_function_url",
        "good",
        {
            "function_name": known("good", "aws_lambda_function.good.function_name"),
            "authorization_type": "AWS_IAM",
            "cors": [{"allow_origins": ["https://example.com"], "allow_methods": ["GET"]}],
        },
    ),
    resource(
        "aws_lambda_permission",
        "good",
        {
            "action": "lambda:InvokeFunction",
            "function_name": known("good", "aws_lambda_function.good.function_name"),
            "principal": "events.amazonaws.com",
            "source_arn": "arn:aws:events:eu-west-1:123456789012:rule/nightly",
        },
    ),
)
