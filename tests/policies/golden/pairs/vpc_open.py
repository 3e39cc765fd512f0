"""A network that is open: no flow log, a default group with rules, public subnets, access lists for everyone."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import Resource, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    vpc = aws.ec2.Vpc("main", cidr_block="10.1.0.0/16")
    aws.ec2.DefaultVpc("leftover", tags={"Name": "default"})
    aws.ec2.Subnet("public", vpc_id=vpc.id, cidr_block="10.1.1.0/24", map_public_ip_on_launch=True)
    aws.ec2.DefaultSecurityGroup(
        "open",
        vpc_id=vpc.id,
        ingress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "self": True}],
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
    )
    lists = aws.ec2.NetworkAcl(
        "lists",
        vpc_id=vpc.id,
        ingress=[
            {
                "rule_no": 100,
                "action": "allow",
                "cidr_block": "0.0.0.0/0",
                "protocol": "-1",
                "from_port": 0,
                "to_port": 0,
            }
        ],
    )
    for number, port in enumerate((20, 21, 22, 3389)):
        aws.ec2.NetworkAclRule(
            f"port-{port}",
            network_acl_id=lists.id,
            rule_number=200 + number,
            egress=False,
            protocol="tcp",
            rule_action="allow",
            cidr_block="0.0.0.0/0",
            from_port=port,
            to_port=port,
        )
    aws.ec2.NetworkAclRule(
        "all-ports",
        network_acl_id=lists.id,
        rule_number=300,
        protocol="-1",
        rule_action="allow",
        ipv6_cidr_block="::/0",
    )


def _rule(name: str, number: int, port: int) -> Resource:
    return resource(
        "aws_network_acl_rule",
        name,
        {
            "network_acl_id": ref("aws_network_acl.lists.id"),
            "rule_number": number,
            "egress": False,
            "protocol": "tcp",
            "rule_action": "allow",
            "cidr_block": "0.0.0.0/0",
            "from_port": port,
            "to_port": port,
        },
    )


PLAN = plan(
    resource("aws_vpc", "main", {"cidr_block": "10.1.0.0/16", "enable_dns_support": True, "tags": None}),
    resource("aws_default_vpc", "leftover", {"tags": {"Name": "default"}}),
    resource(
        "aws_subnet",
        "public",
        {"vpc_id": ref("aws_vpc.main.id"), "cidr_block": "10.1.1.0/24", "map_public_ip_on_launch": True},
    ),
    resource(
        "aws_default_security_group",
        "open",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "ingress": [{"protocol": "-1", "from_port": 0, "to_port": 0, "self": True}],
            "egress": [{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
        },
    ),
    resource(
        "aws_network_acl",
        "lists",
        {
            "vpc_id": ref("aws_vpc.main.id"),
            "ingress": [
                {
                    "rule_no": 100,
                    "action": "allow",
                    "cidr_block": "0.0.0.0/0",
                    "protocol": "-1",
                    "from_port": 0,
                    "to_port": 0,
                }
            ],
        },
    ),
    _rule("port-20", 200, 20),
    _rule("port-21", 201, 21),
    _rule("port-22", 202, 22),
    _rule("port-3389", 203, 3389),
    resource(
        "aws_network_acl_rule",
        "all-ports",
        {
            "network_acl_id": ref("aws_network_acl.lists.id"),
            "rule_number": 300,
            "egress": False,
            "protocol": "-1",
            "rule_action": "allow",
            "ipv6_cidr_block": "::/0",
        },
    ),
)
