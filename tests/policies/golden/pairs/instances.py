"""Machines: one as it should be, one with a public address, an open disk and keys in its start script."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

#: AWS's own example of a key, in two halves: whoever scans this repository for secrets shall find none.
SCRIPT = f"""#!/bin/sh
export AWS_ACCESS_KEY_ID={"AKIA"}IOSFODNN7EXAMPLE
export AWS_SECRET_ACCESS_KEY={"wJalrXUtnFEMI/K7MDENG"}/bPxRfiCYEXAMPLEKEY
"""
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    role = aws.iam.Role("machine", assume_role_policy=TRUST)
    profile = aws.iam.InstanceProfile("machine", role=role.name)
    group = aws.ec2.SecurityGroup("machine", description="of the machine")
    aws.ec2.Instance(
        "good",
        ami="ami-0123456789abcdef0",
        instance_type="m5.large",
        ebs_optimized=True,
        monitoring=True,
        iam_instance_profile=profile.name,
        associate_public_ip_address=False,
        vpc_security_group_ids=[group.id],
        metadata_options={"http_tokens": "required", "http_endpoint": "enabled", "http_put_response_hop_limit": 1},
        root_block_device={"encrypted": True, "volume_type": "gp3"},
        ebs_block_devices=[{"device_name": "/dev/sdb", "encrypted": True, "volume_size": 20}],
    )
    aws.ec2.Instance(
        "bad",
        ami="ami-0123456789abcdef0",
        instance_type="t2.micro",
        associate_public_ip_address=True,
        user_data=SCRIPT,
        metadata_options={"http_tokens": "optional"},
        root_block_device={"encrypted": False},
    )
    aws.ec2.Instance("bare", ami="ami-0123456789abcdef0", instance_type="t2.micro")


PLAN = plan(
    resource("aws_iam_role", "machine", {"assume_role_policy": TRUST}),
    resource("aws_iam_instance_profile", "machine", {"role": ref("aws_iam_role.machine.name"), "path": "/"}),
    resource("aws_security_group", "machine", {"description": "of the machine"}),
    resource(
        "aws_instance",
        "good",
        {
            "ami": "ami-0123456789abcdef0",
            "instance_type": "m5.large",
            "ebs_optimized": True,
            "monitoring": True,
            "iam_instance_profile": ref("aws_iam_instance_profile.machine.name"),
            "associate_public_ip_address": False,
            "vpc_security_group_ids": ref("aws_security_group.machine.id"),
            "metadata_options": [
                {"http_tokens": "required", "http_endpoint": "enabled", "http_put_response_hop_limit": 1}
            ],
            "root_block_device": [{"encrypted": True, "volume_type": "gp3", "delete_on_termination": True}],
            "ebs_block_device": [{"device_name": "/dev/sdb", "encrypted": True, "volume_size": 20}],
        },
    ),
    resource(
        "aws_instance",
        "bad",
        {
            "ami": "ami-0123456789abcdef0",
            "instance_type": "t2.micro",
            "associate_public_ip_address": True,
            "user_data": SCRIPT,
            "metadata_options": [{"http_tokens": "optional"}],
            "root_block_device": [{"encrypted": False, "delete_on_termination": True}],
        },
    ),
    resource("aws_instance", "bare", {"ami": "ami-0123456789abcdef0", "instance_type": "t2.micro"}),
)
