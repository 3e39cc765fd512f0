"""Launch templates, a launch configuration, and groups that grow behind a balancer."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    good = aws.ec2.LaunchTemplate(
        "good",
        image_id="ami-0123456789abcdef0",
        metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 1, "http_endpoint": "enabled"},
        network_interfaces=[{"associate_public_ip_address": "false", "device_index": 0}],
        update_default_version=True,
    )
    aws.ec2.LaunchTemplate(
        "bad",
        image_id="ami-0123456789abcdef0",
        metadata_options={"http_tokens": "optional", "http_put_response_hop_limit": 3},
        network_interfaces=[{"associate_public_ip_address": "true"}],
        user_data="IyEvYmluL3NoCg==",
    )
    old = aws.ec2.LaunchConfiguration(
        "old",
        image_id="ami-0123456789abcdef0",
        instance_type="t3.micro",
        associate_public_ip_address=True,
        root_block_device={"encrypted": False},
    )
    targets = aws.lb.TargetGroup(
        "web",
        port=443,
        protocol="HTTPS",
        vpc_id="vpc-0123456789abcdef0",
        health_check={"path": "/healthz", "protocol": "HTTPS"},
    )
    fleet = aws.autoscaling.Group(
        "good",
        min_size=1,
        max_size=3,
        health_check_type="ELB",
        launch_template={"id": good.id, "version": "$Latest"},
        vpc_zone_identifiers=["subnet-0123456789abcdef0"],
        tags=[{"key": "groundwork:product", "value": "amoisekai", "propagate_at_launch": True}],
    )
    aws.autoscaling.Attachment("good", autoscaling_group_name=fleet.name, lb_target_group_arn=targets.arn)
    plain = aws.autoscaling.Group("bad", min_size=1, max_size=1, launch_configuration=old.name, health_check_type="EC2")
    aws.autoscaling.Attachment("bad", autoscaling_group_name=plain.name, lb_target_group_arn=targets.arn)


PLAN = plan(
    resource(
        "aws_launch_template",
        "good",
        {
            "image_id": "ami-0123456789abcdef0",
            "metadata_options": [
                {"http_tokens": "required", "http_put_response_hop_limit": 1, "http_endpoint": "enabled"}
            ],
            "network_interfaces": [{"associate_public_ip_address": "false", "device_index": 0}],
            "update_default_version": True,
        },
    ),
    resource(
        "aws_launch_template",
        "bad",
        {
            "image_id": "ami-0123456789abcdef0",
            "metadata_options": [{"http_tokens": "optional", "http_put_response_hop_limit": 3}],
            "network_interfaces": [{"associate_public_ip_address": "true"}],
            "user_data": "IyEvYmluL3NoCg==",
        },
    ),
    resource(
        "aws_launch_configuration",
        "old",
        {
            "image_id": "ami-0123456789abcdef0",
            "instance_type": "t3.micro",
            "associate_public_ip_address": True,
            "root_block_device": [{"encrypted": False, "delete_on_termination": True}],
        },
    ),
    resource(
        "aws_lb_target_group",
        "web",
        {
            "port": 443,
            "protocol": "HTTPS",
            "vpc_id": "vpc-0123456789abcdef0",
            "health_check": [{"path": "/healthz", "protocol": "HTTPS", "enabled": True}],
        },
    ),
    resource(
        "aws_autoscaling_group",
        "good",
        {
            "min_size": 1,
            "max_size": 3,
            "health_check_type": "ELB",
            "launch_template": [{"id": ref("aws_launch_template.good.id"), "version": "$Latest"}],
            "vpc_zone_identifier": ["subnet-0123456789abcdef0"],
            "tag": [{"key": "groundwork:product", "value": "amoisekai", "propagate_at_launch": True}],
        },
    ),
    resource(
        "aws_autoscaling_attachment",
        "good",
        {
            "autoscaling_group_name": ref("aws_autoscaling_group.good.name"),
            "lb_target_group_arn": ref("aws_lb_target_group.web.arn"),
        },
    ),
    resource(
        "aws_autoscaling_group",
        "bad",
        {
            "min_size": 1,
            "max_size": 1,
            "launch_configuration": ref("aws_launch_configuration.old.name"),
            "health_check_type": "EC2",
        },
    ),
    resource(
        "aws_autoscaling_attachment",
        "bad",
        {
            "autoscaling_group_name": ref("aws_autoscaling_group.bad.name"),
            "lb_target_group_arn": ref("aws_lb_target_group.web.arn"),
        },
    ),
)
