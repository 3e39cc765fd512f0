"""Security groups with rules of their own: narrow ones, and each port that must not be open."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import Resource, plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    aws.ec2.SecurityGroup(
        "narrow",
        description="the web tier",
        ingress=[
            {
                "description": "from the balancer",
                "protocol": "tcp",
                "from_port": 8080,
                "to_port": 8080,
                "cidr_blocks": ["10.0.0.0/16"],
            }
        ],
        egress=[
            {
                "description": "to the database",
                "protocol": "tcp",
                "from_port": 5432,
                "to_port": 5432,
                "cidr_blocks": ["10.0.2.0/24"],
            }
        ],
    )
    for name, low, high in (("ssh", 22, 22), ("desktop", 3000, 4000), ("web", 80, 80)):
        aws.ec2.SecurityGroup(
            name,
            ingress=[
                {"protocol": "tcp", "from_port": low, "to_port": high, "cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"]}
            ],
        )
    aws.ec2.SecurityGroup(
        "everything",
        description="all that comes",
        ingress=[
            {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": ["::/0"]}
        ],
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
        tags={"Name": "everything", "a.b/c": "d"},
    )


def _open(name: str, low: int, high: int) -> Resource:
    return resource(
        "aws_security_group",
        name,
        {
            "description": "Managed by Terraform",
            "ingress": [
                {"protocol": "tcp", "from_port": low, "to_port": high, "cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"]}
            ],
        },
    )


PLAN = plan(
    resource(
        "aws_security_group",
        "narrow",
        {
            "description": "the web tier",
            "ingress": [
                {
                    "description": "from the balancer",
                    "protocol": "tcp",
                    "from_port": 8080,
                    "to_port": 8080,
                    "cidr_blocks": ["10.0.0.0/16"],
                    "ipv6_cidr_blocks": [],
                    "prefix_list_ids": [],
                    "security_groups": [],
                    "self": False,
                }
            ],
            "egress": [
                {
                    "description": "to the database",
                    "protocol": "tcp",
                    "from_port": 5432,
                    "to_port": 5432,
                    "cidr_blocks": ["10.0.2.0/24"],
                    "ipv6_cidr_blocks": [],
                    "prefix_list_ids": [],
                    "security_groups": [],
                    "self": False,
                }
            ],
        },
    ),
    _open("ssh", 22, 22),
    _open("desktop", 3000, 4000),
    _open("web", 80, 80),
    resource(
        "aws_security_group",
        "everything",
        {
            "description": "all that comes",
            "ingress": [
                {
                    "protocol": "-1",
                    "from_port": 0,
                    "to_port": 0,
                    "cidr_blocks": ["0.0.0.0/0"],
                    "ipv6_cidr_blocks": ["::/0"],
                }
            ],
            "egress": [{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
            "tags": {"Name": "everything", "a.b/c": "d"},
        },
    ),
)
