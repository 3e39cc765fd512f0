"""Balancers of the first kind, with their policies for TLS."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    good = aws.elb.LoadBalancer(
        "good",
        availability_zones=["eu-west-1a"],
        cross_zone_load_balancing=True,
        desync_mitigation_mode="defensive",
        access_logs={"bucket": "logs-of-balancers", "enabled": True, "interval": 60},
        listeners=[
            {
                "instance_port": 8443,
                "instance_protocol": "https",
                "lb_port": 443,
                "lb_protocol": "https",
                "ssl_certificate_id": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
            }
        ],
        health_check={
            "healthy_threshold": 2,
            "unhealthy_threshold": 2,
            "timeout": 3,
            "target": "SSL:8443",
            "interval": 30,
        },
    )
    bad = aws.elb.LoadBalancer(
        "bad",
        availability_zones=["eu-west-1a"],
        cross_zone_load_balancing=False,
        desync_mitigation_mode="monitor",
        listeners=[{"instance_port": 8000, "instance_protocol": "http", "lb_port": 80, "lb_protocol": "http"}],
    )
    aws.elb.LoadBalancerPolicy(
        "modern",
        load_balancer_name=good.name,
        policy_name="modern",
        policy_type_name="SSLNegotiationPolicyType",
        policy_attributes=[{"name": "Protocol-TLSv1.2", "value": "true"}],
    )
    aws.elb.LoadBalancerPolicy(
        "old",
        load_balancer_name=bad.name,
        policy_name="old",
        policy_type_name="SSLNegotiationPolicyType",
        policy_attributes=[{"name": "Protocol-SSLv3", "value": "true"}],
    )


PLAN = plan(
    resource(
        "aws_elb",
        "good",
        {
            "availability_zones": ["eu-west-1a"],
            "cross_zone_load_balancing": True,
            "desync_mitigation_mode": "defensive",
            "access_logs": [{"bucket": "logs-of-balancers", "enabled": True, "interval": 60, "bucket_prefix": None}],
            "listener": [
                {
                    "instance_port": 8443,
                    "instance_protocol": "https",
                    "lb_port": 443,
                    "lb_protocol": "https",
                    "ssl_certificate_id": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
                }
            ],
            "health_check": [
                {"healthy_threshold": 2, "unhealthy_threshold": 2, "timeout": 3, "target": "SSL:8443", "interval": 30}
            ],
        },
    ),
    resource(
        "aws_elb",
        "bad",
        {
            "availability_zones": ["eu-west-1a"],
            "cross_zone_load_balancing": False,
            "desync_mitigation_mode": "monitor",
            "listener": [{"instance_port": 8000, "instance_protocol": "http", "lb_port": 80, "lb_protocol": "http"}],
        },
    ),
    resource(
        "aws_load_balancer_policy",
        "modern",
        {
            "load_balancer_name": ref("aws_elb.good.name"),
            "policy_name": "modern",
            "policy_type_name": "SSLNegotiationPolicyType",
            "policy_attribute": [{"name": "Protocol-TLSv1.2", "value": "true"}],
        },
    ),
    resource(
        "aws_load_balancer_policy",
        "old",
        {
            "load_balancer_name": ref("aws_elb.bad.name"),
            "policy_name": "old",
            "policy_type_name": "SSLNegotiationPolicyType",
            "policy_attribute": [{"name": "Protocol-SSLv3", "value": "true"}],
        },
    ),
)
