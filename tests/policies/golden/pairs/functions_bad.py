"""Functions as they should not be: old, open, with keys among their variables."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

#: AWS's own example of a key, in two halves: whoever scans this repository for secrets shall find none.
KEY_ID = f"{'AKIA'}IOSFODNN7EXAMPLE"


def program() -> None:
    """As a Pulumi program has it."""
    function = aws.lambda_.Function(
        "bad",
        name="bad",
        role="arn:aws:iam::123456789012:role/function",
        runtime="python3.6",
        handler="app.handle",
        s3_bucket="code",
        s3_key="app.zip",
        tracing_config={"mode": "PassThrough"},
        environment={"variables": {"AWS_ACCESS_KEY_ID": KEY_ID}},
    )
    aws.lambda_.FunctionUrl(
        "bad",
        function_name=function.arn,
        authorization_type="NONE",
        cors={"allow_origins": ["*"], "allow_methods": ["*"]},
    )
    aws.lambda_.Permission("anyone", action="lambda:InvokeFunction", function=function.arn, principal="*")
    aws.lambda_.Permission("service", action="lambda:InvokeFunction", function="bad", principal="events.amazonaws.com")
    aws.lambda_.Function(
        "bare", role="arn:aws:iam::123456789012:role/function", package_type="Image", image_uri="image"
    )


PLAN = plan(
    resource(
        "aws_lambda_function",
        "bad",
        {
            "function_name": "bad",
            "role": "arn:aws:iam::123456789012:role/function",
            "runtime": "python3.6",
            "handler": "app.handle",
            "s3_bucket": "code",
            "s3_key": "app.zip",
            "tracing_config": [{"mode": "PassThrough"}],
            "environment": [{"variables": {"AWS_ACCESS_KEY_ID": KEY_ID}}],
            "dead_letter_config": [],
            "vpc_config": [],
        },
    ),
    resource(
        "aws_lambda_function_url",
        "bad",
        {
            "function_name": ref("aws_lambda_function.bad.arn"),
            "authorization_type": "NONE",
            "cors": [{"allow_origins": ["*"], "allow_methods": ["*"]}],
        },
    ),
    resource(
        "aws_lambda_permission",
        "anyone",
        {"action": "lambda:InvokeFunction", "function_name": ref("aws_lambda_function.bad.arn"), "principal": "*"},
    ),
    resource(
        "aws_lambda_permission",
        "service",
        {
            "action": "lambda:InvokeFunction",
            "function_name": "bad",
            "principal": "events.amazonaws.com",
        },
    ),
    resource(
        "aws_lambda_function",
        "bare",
        {"role": "arn:aws:iam::123456789012:role/function", "package_type": "Image", "image_uri": "image"},
    ),
)
