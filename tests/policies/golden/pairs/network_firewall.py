"""Firewalls of a network, their policies and rules, with a log and without."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("firewall", enable_key_rotation=True)
    sealed = aws.networkfirewall.FirewallPolicy(
        "good",
        encryption_configuration={"type": "CUSTOMER_KMS", "key_id": key.arn},
        firewall_policy={"stateless_default_actions": ["aws:drop"], "stateless_fragment_default_actions": ["aws:drop"]},
    )
    plain = aws.networkfirewall.FirewallPolicy(
        "bad",
        firewall_policy={"stateless_default_actions": ["aws:pass"], "stateless_fragment_default_actions": ["aws:pass"]},
    )
    good = aws.networkfirewall.Firewall(
        "good",
        vpc_id="vpc-1",
        firewall_policy_arn=sealed.arn,
        delete_protection=True,
        subnet_mappings=[{"subnet_id": "subnet-1"}],
        encryption_configuration={"type": "CUSTOMER_KMS", "key_id": key.arn},
    )
    aws.networkfirewall.LoggingConfiguration(
        "good",
        firewall_arn=good.arn,
        logging_configuration={
            "log_destination_configs": [
                {
                    "log_type": "FLOW",
                    "log_destination_type": "S3",
                    "log_destination": {"bucketName": "logs", "prefix": "/flow"},
                }
            ]
        },
    )
    aws.networkfirewall.Firewall(
        "bad",
        vpc_id="vpc-1",
        firewall_policy_arn=plain.arn,
        delete_protection=False,
        subnet_mappings=[{"subnet_id": "subnet-1"}],
    )


PLAN = plan(
    resource("aws_kms_key", "firewall", {"enable_key_rotation": True}),
    resource(
        "aws_networkfirewall_firewall_policy",
        "good",
        {
            "encryption_configuration": [{"type": "CUSTOMER_KMS", "key_id": ref("aws_kms_key.firewall.arn")}],
            "firewall_policy": [
                {"stateless_default_actions": ["aws:drop"], "stateless_fragment_default_actions": ["aws:drop"]}
            ],
        },
    ),
    resource(
        "aws_networkfirewall_firewall_policy",
        "bad",
        {
            "firewall_policy": [
                {"stateless_default_actions": ["aws:pass"], "stateless_fragment_default_actions": ["aws:pass"]}
            ]
        },
    ),
    resource(
        "aws_networkfirewall_firewall",
        "good",
        {
            "vpc_id": "vpc-1",
            "firewall_policy_arn": ref("aws_networkfirewall_firewall_policy.good.arn"),
            "delete_protection": True,
            "subnet_mapping": [{"subnet_id": "subnet-1"}],
            "encryption_configuration": [{"type": "CUSTOMER_KMS", "key_id": ref("aws_kms_key.firewall.arn")}],
        },
    ),
    resource(
        "aws_networkfirewall_logging_configuration",
        "good",
        {
            "firewall_arn": ref("aws_networkfirewall_firewall.good.arn"),
            "logging_configuration": [
                {
                    "log_destination_config": [
                        {
                            "log_type": "FLOW",
                            "log_destination_type": "S3",
                            "log_destination": {"bucketName": "logs", "prefix": "/flow"},
                        }
                    ]
                }
            ],
        },
    ),
    resource(
        "aws_networkfirewall_firewall",
        "bad",
        {
            "vpc_id": "vpc-1",
            "firewall_policy_arn": ref("aws_networkfirewall_firewall_policy.bad.arn"),
            "delete_protection": False,
            "subnet_mapping": [{"subnet_id": "subnet-1"}],
        },
    ),
)
