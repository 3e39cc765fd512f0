"""Endpoints in a network, a service offered to others, and groups that hang on them or on nothing."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    vpc = aws.ec2.Vpc("main", cidr_block="10.4.0.0/16")
    used = aws.ec2.SecurityGroup("used", vpc_id=vpc.id, description="on the endpoint")
    aws.ec2.SecurityGroup("unused", vpc_id=vpc.id, description="on nothing")
    aws.ec2.VpcEndpoint(
        "secrets",
        vpc_id=vpc.id,
        service_name="com.amazonaws.eu-west-1.secretsmanager",
        vpc_endpoint_type="Interface",
        security_group_ids=[used.id],
    )
    aws.ec2.VpcEndpoint("objects", vpc_id=vpc.id, service_name="com.amazonaws.eu-west-1.s3", policy=POLICY)
    balancer = aws.lb.LoadBalancer(
        "inner", internal=True, load_balancer_type="network", enable_cross_zone_load_balancing=True
    )
    aws.ec2.VpcEndpointService("asked", acceptance_required=True, network_load_balancer_arns=[balancer.arn])
    aws.ec2.VpcEndpointService("open", acceptance_required=False, network_load_balancer_arns=[balancer.arn])


PLAN = plan(
    resource("aws_vpc", "main", {"cidr_block": "10.4.0.0/16"}),
    resource("aws_security_group", "used", {"vpc_id": ref("aws_vpc.main.id"), "description": "on the endpoint"}),
    resource("aws_security_group", "unused", {"vpc_id": ref("aws_vpc.main.id"), "description": "on nothing"}),
    resource(
        "aws_vpc_endpoint",
        "secrets",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "service_name": "com.amazonaws.eu-west-1.secretsmanager",
            "vpc_endpoint_type": "Interface",
            "security_group_ids": ref("aws_security_group.used.id"),
        },
    ),
    resource(
        "aws_vpc_endpoint",
        "objects",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "service_name": "com.amazonaws.eu-west-1.s3",
            "policy": POLICY,
            "vpc_endpoint_type": "Gateway",
        },
    ),
    resource(
        "aws_lb", "inner", {"internal": True, "load_balancer_type": "network", "enable_cross_zone_load_balancing": True}
    ),
    resource(
        "aws_vpc_endpoint_service",
        "asked",
        {"acceptance_required": True, "network_load_balancer_arns": ref("aws_lb.inner.arn")},
    ),
    resource(
        "aws_vpc_endpoint_service",
        "open",
        {"acceptance_required": False, "network_load_balancer_arns": ref("aws_lb.inner.arn")},
    ),
)
