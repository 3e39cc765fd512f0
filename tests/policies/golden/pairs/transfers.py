"""Servers for files from outside, and accelerators in front."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    aws.transfer.Server(
        "good",
        endpoint_type="VPC",
        protocols=["SFTP"],
        security_policy_name="TransferSecurityPolicy-2024-01",
        endpoint_details={"vpc_id": "vpc-1"},
    )
    aws.transfer.Server(
        "bad", endpoint_type="PUBLIC", protocols=["FTP"], security_policy_name="TransferSecurityPolicy-2018-11"
    )
    aws.globalaccelerator.Accelerator(
        "good",
        name="good",
        attributes={"flow_logs_enabled": True, "flow_logs_s3_bucket": "logs", "flow_logs_s3_prefix": "flow/"},
    )
    aws.globalaccelerator.Accelerator("bad", name="bad")
    aws.ses.ConfigurationSet("good", name="good", delivery_options={"tls_policy": "Require"})
    aws.ses.ConfigurationSet("bad", name="bad", delivery_options={"tls_policy": "Optional"})
    aws.cognito.IdentityPool("good", identity_pool_name="good", allow_unauthenticated_identities=False)
    aws.cognito.IdentityPool("bad", identity_pool_name="bad", allow_unauthenticated_identities=True)


PLAN = plan(
    resource(
        "aws_transfer_server",
        "good",
        {
            "endpoint_type": "VPC",
            "protocols": ["SFTP"],
            "security_policy_name": "TransferSecurityPolicy-2024-01",
            "endpoint_details": [{"vpc_id": "vpc-1"}],
        },
    ),
    resource(
        "aws_transfer_server",
        "bad",
        {"endpoint_type": "PUBLIC", "protocols": ["FTP"], "security_policy_name": "TransferSecurityPolicy-2018-11"},
    ),
    resource(
        "aws_globalaccelerator_accelerator",
        "good",
        {
            "name": "good",
            "attributes": [{"flow_logs_enabled": True, "flow_logs_s3_bucket": "logs", "flow_logs_s3_prefix": "flow/"}],
        },
    ),
    resource("aws_globalaccelerator_accelerator", "bad", {"name": "bad"}),
    resource("aws_ses_configuration_set", "good", {"name": "good", "delivery_options": [{"tls_policy": "Require"}]}),
    resource("aws_ses_configuration_set", "bad", {"name": "bad", "delivery_options": [{"tls_policy": "Optional"}]}),
    resource(
        "aws_cognito_identity_pool", "good", {"identity_pool_name": "good", "allow_unauthenticated_identities": False}
    ),
    resource(
        "aws_cognito_identity_pool", "bad", {"identity_pool_name": "bad", "allow_unauthenticated_identities": True}
    ),
)
