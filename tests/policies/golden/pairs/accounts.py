"""A region of its own for some resources: an account that the program names."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    central = aws.Provider("central", region="eu-central-1", skip_credentials_validation=True)
    aws.s3.Bucket("one", opts=pulumi.ResourceOptions(provider=central))


PLAN = plan(
    resource("aws_s3_bucket", "one"),
    accounts=(resource("aws", "central", {"region": "eu-central-1", "skip_credentials_validation": True}),),
)
