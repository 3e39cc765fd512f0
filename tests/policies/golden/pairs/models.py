"""Notebooks, endpoints and domains where models are made."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("models", enable_key_rotation=True)
    role = aws.iam.Role("models", assume_role_policy=TRUST)
    aws.sagemaker.NotebookInstance(
        "good",
        instance_type="ml.t3.medium",
        role_arn=role.arn,
        kms_key_id=key.id,
        direct_internet_access="Disabled",
        root_access="Disabled",
        subnet_id="subnet-1",
        instance_metadata_service_configuration={"minimum_instance_metadata_service_version": "2"},
    )
    aws.sagemaker.NotebookInstance(
        "bad",
        instance_type="ml.t3.medium",
        role_arn="arn:aws:iam::123456789012:role/x",
        direct_internet_access="Enabled",
        root_access="Enabled",
    )
    aws.sagemaker.EndpointConfiguration(
        "good", kms_key_arn=key.arn, production_variants=[{"model_name": "one", "instance_type": "ml.t3.medium"}]
    )
    aws.sagemaker.EndpointConfiguration(
        "bad", production_variants=[{"model_name": "one", "instance_type": "ml.t3.medium"}]
    )
    aws.sagemaker.Model("good", execution_role_arn=role.arn, enable_network_isolation=True)
    aws.sagemaker.Model("bad", execution_role_arn=role.arn)


PLAN = plan(
    resource("aws_kms_key", "models", {"enable_key_rotation": True}),
    resource("aws_iam_role", "models", {"assume_role_policy": TRUST}),
    resource(
        "aws_sagemaker_notebook_instance",
        "good",
        {
            "instance_type": "ml.t3.medium",
            "role_arn": ref("aws_iam_role.models.arn"),
            "kms_key_id": ref("aws_kms_key.models.id"),
            "direct_internet_access": "Disabled",
            "root_access": "Disabled",
            "subnet_id": "subnet-1",
            "instance_metadata_service_configuration": [{"minimum_instance_metadata_service_version": "2"}],
        },
    ),
    resource(
        "aws_sagemaker_notebook_instance",
        "bad",
        {
            "instance_type": "ml.t3.medium",
            "role_arn": "arn:aws:iam::123456789012:role/x",
            "direct_internet_access": "Enabled",
            "root_access": "Enabled",
        },
    ),
    resource(
        "aws_sagemaker_endpoint_configuration",
        "good",
        {
            "kms_key_arn": ref("aws_kms_key.models.arn"),
            "production_variants": [{"model_name": "one", "instance_type": "ml.t3.medium"}],
        },
    ),
    resource(
        "aws_sagemaker_endpoint_configuration",
        "bad",
        {"production_variants": [{"model_name": "one", "instance_type": "ml.t3.medium"}]},
    ),
    resource(
        "aws_sagemaker_model",
        "good",
        {"execution_role_arn": ref("aws_iam_role.models.arn"), "enable_network_isolation": True},
    ),
    resource("aws_sagemaker_model", "bad", {"execution_role_arn": ref("aws_iam_role.models.arn")}),
)
