"""A network that is closed: flow log, an empty default group, private subnets with access lists."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "vpc-flow-logs.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    tags = {"Name": "main", "groundwork:product": "amoisekai", "Camel.Case_and-more": "yes"}
    vpc = aws.ec2.Vpc("main", cidr_block="10.0.0.0/16", enable_dns_hostnames=True, tags=tags)
    subnet = aws.ec2.Subnet(
        "private",
        vpc_id=vpc.id,
        cidr_block="10.0.1.0/24",
        map_public_ip_on_launch=False,
        availability_zone="eu-west-1a",
    )
    aws.ec2.DefaultSecurityGroup("closed", vpc_id=vpc.id)
    aws.ec2.NetworkAcl(
        "lists",
        vpc_id=vpc.id,
        subnet_ids=[subnet.id],
        ingress=[
            {
                "rule_no": 100,
                "protocol": "tcp",
                "action": "allow",
                "cidr_block": "10.0.0.0/16",
                "from_port": 443,
                "to_port": 443,
            }
        ],
    )
    key = aws.kms.Key("logs", enable_key_rotation=True)
    group = aws.cloudwatch.LogGroup("flow", name="/vpc/flow", retention_in_days=365, kms_key_id=key.arn)
    role = aws.iam.Role("flow", assume_role_policy=TRUST)
    aws.ec2.FlowLog("flow", vpc_id=vpc.id, traffic_type="ALL", log_destination=group.arn, iam_role_arn=role.arn)


PLAN = plan(
    resource(
        "aws_vpc",
        "main",
        {
            "cidr_block": "10.0.0.0/16",
            "enable_dns_hostnames": True,
            "enable_dns_support": True,
            "instance_tenancy": "default",
            "tags": {"Name": "main", "groundwork:product": "amoisekai", "Camel.Case_and-more": "yes"},
        },
    ),
    resource(
        "aws_subnet",
        "private",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "cidr_block": "10.0.1.0/24",
            "map_public_ip_on_launch": False,
            "availability_zone": "eu-west-1a",
        },
    ),
    resource("aws_default_security_group", "closed", {"vpc_id": ref("aws_vpc.main.id")}),
    resource(
        "aws_network_acl",
        "lists",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "subnet_ids": [ref("aws_subnet.private.id")],
            "ingress": [
                {
                    "rule_no": 100,
                    "protocol": "tcp",
                    "action": "allow",
                    "cidr_block": "10.0.0.0/16",
                    "from_port": 443,
                    "to_port": 443,
                }
            ],
        },
    ),
    resource("aws_kms_key", "logs", {"enable_key_rotation": True, "is_enabled": True}),
    resource(
        "aws_cloudwatch_log_group",
        "flow",
        {"name": "/vpc/flow", "retention_in_days": 365, "kms_key_id": ref("aws_kms_key.logs.arn")},
    ),
    resource("aws_iam_role", "flow", {"assume_role_policy": TRUST}),
    resource(
        "aws_flow_log",
        "flow",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "traffic_type": "ALL",
            "log_destination": ref("aws_cloudwatch_log_group.flow.arn"),
            "iam_role_arn": ref("aws_iam_role.flow.arn"),
        },
    ),
)
