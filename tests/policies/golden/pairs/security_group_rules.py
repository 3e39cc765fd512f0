"""Rules beside their security group, of both kinds that there are."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    vpc = aws.ec2.Vpc("main", cidr_block="10.3.0.0/16")
    group = aws.ec2.SecurityGroup("group", description="rules stand beside it", vpc_id=vpc.id)
    aws.ec2.SecurityGroupRule(
        "narrow",
        type="ingress",
        description="from within",
        protocol="tcp",
        from_port=443,
        to_port=443,
        cidr_blocks=[vpc.cidr_block],
        security_group_id=group.id,
    )
    aws.ec2.SecurityGroupRule(
        "ssh",
        type="ingress",
        protocol="tcp",
        from_port=22,
        to_port=22,
        cidr_blocks=["0.0.0.0/0"],
        security_group_id=group.id,
    )
    aws.ec2.SecurityGroupRule(
        "all-out",
        type="egress",
        protocol="-1",
        from_port=0,
        to_port=0,
        cidr_blocks=["0.0.0.0/0"],
        security_group_id=group.id,
    )
    aws.vpc.SecurityGroupIngressRule(
        "desktop",
        security_group_id=group.id,
        ip_protocol="tcp",
        from_port=3389,
        to_port=3389,
        cidr_ipv4="0.0.0.0/0",
    )
    aws.vpc.SecurityGroupIngressRule(
        "web",
        security_group_id=group.id,
        ip_protocol="tcp",
        from_port=80,
        to_port=80,
        cidr_ipv6="::/0",
        description="the web",
    )
    aws.vpc.SecurityGroupIngressRule(
        "peer",
        security_group_id=group.id,
        ip_protocol="-1",
        referenced_security_group_id=group.id,
        description="each other",
    )
    aws.vpc.SecurityGroupEgressRule("out", security_group_id=group.id, ip_protocol="-1", cidr_ipv4="0.0.0.0/0")
    aws.vpc.SecurityGroupEgressRule(
        "dns",
        security_group_id=group.id,
        ip_protocol="udp",
        from_port=53,
        to_port=53,
        cidr_ipv4="10.3.0.2/32",
        description="names",
    )


GROUP = ref("aws_security_group.group.id")
PLAN = plan(
    resource("aws_vpc", "main", {"cidr_block": "10.3.0.0/16"}),
    resource("aws_security_group", "group", {"description": "rules stand beside it", "vpc_id": ref("aws_vpc.main.id")}),
    resource(
        "aws_security_group_rule",
        "narrow",
        {
            "type": "ingress",
            "description": "from within",
            "protocol": "tcp",
            "from_port": 443,
            "to_port": 443,
            "cidr_blocks": [known("10.3.0.0/16", "aws_vpc.main.cidr_block")],
            "security_group_id": GROUP,
        },
    ),
    resource(
        "aws_security_group_rule",
        "ssh",
        {
            "type": "ingress",
            "protocol": "tcp",
            "from_port": 22,
            "to_port": 22,
            "cidr_blocks": ["0.0.0.0/0"],
            "security_group_id": GROUP,
        },
    ),
    resource(
        "aws_security_group_rule",
        "all-out",
        {
            "type": "egress",
            "protocol": "-1",
            "from_port": 0,
            "to_port": 0,
            "cidr_blocks": ["0.0.0.0/0"],
            "security_group_id": GROUP,
        },
    ),
    resource(
        "aws_vpc_security_group_ingress_rule",
        "desktop",
        {
            "security_group_id": GROUP,
            "ip_protocol": "tcp",
            "from_port": 3389,
            "to_port": 3389,
            "cidr_ipv4": "0.0.0.0/0",
        },
    ),
    resource(
        "aws_vpc_security_group_ingress_rule",
        "web",
        {
            "security_group_id": GROUP,
            "ip_protocol": "tcp",
            "from_port": 80,
            "to_port": 80,
            "cidr_ipv6": "::/0",
            "description": "the web",
        },
    ),
    resource(
        "aws_vpc_security_group_ingress_rule",
        "peer",
        {
            "security_group_id": GROUP,
            "ip_protocol": "-1",
            "referenced_security_group_id": GROUP,
            "description": "each other",
        },
    ),
    resource(
        "aws_vpc_security_group_egress_rule",
        "out",
        {"security_group_id": GROUP, "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"},
    ),
    resource(
        "aws_vpc_security_group_egress_rule",
        "dns",
        {
            "security_group_id": GROUP,
            "ip_protocol": "udp",
            "from_port": 53,
            "to_port": 53,
            "cidr_ipv4": "10.3.0.2/32",
            "description": "names",
        },
    ),
)
