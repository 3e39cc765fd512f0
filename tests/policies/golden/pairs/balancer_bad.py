"""A balancer as it should not be: plain HTTP, weak ciphers, no logs, a firewall without the right rules."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    firewall = aws.wafv2.WebAcl(
        "thin",
        scope="REGIONAL",
        default_action={"block": {}},
        visibility_config={
            "cloudwatch_metrics_enabled": False,
            "metric_name": "thin",
            "sampled_requests_enabled": False,
        },
        rules=[
            {
                "name": "rate",
                "priority": 1,
                "statement": {"rate_based_statement": {"limit": 1000, "aggregate_key_type": "IP"}},
                "visibility_config": {
                    "cloudwatch_metrics_enabled": False,
                    "metric_name": "rate",
                    "sampled_requests_enabled": False,
                },
            }
        ],
    )
    balancer = aws.lb.LoadBalancer(
        "web",
        internal=False,
        load_balancer_type="application",
        desync_mitigation_mode="monitor",
        access_logs={"bucket": "logs-of-balancers", "enabled": False},
    )
    targets = aws.lb.TargetGroup("web", port=80, protocol="HTTP", vpc_id="vpc-1")
    aws.lb.Listener(
        "plain",
        load_balancer_arn=balancer.arn,
        port=80,
        protocol="HTTP",
        default_actions=[{"type": "forward", "target_group_arn": targets.arn}],
    )
    aws.lb.Listener(
        "weak",
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-2016-08",
        default_actions=[
            {"type": "fixed-response", "fixed_response": {"content_type": "text/plain", "status_code": "200"}}
        ],
    )
    aws.wafv2.WebAclAssociation("thin", resource_arn=balancer.arn, web_acl_arn=firewall.arn)
    aws.lb.LoadBalancer("bare", load_balancer_type="application")
    aws.lb.LoadBalancer("fast", load_balancer_type="network", enable_cross_zone_load_balancing=False)


PLAN = plan(
    resource(
        "aws_wafv2_web_acl",
        "thin",
        {
            "scope": "REGIONAL",
            "default_action": [{"block": [{}]}],
            "visibility_config": [
                {"cloudwatch_metrics_enabled": False, "metric_name": "thin", "sampled_requests_enabled": False}
            ],
            "rule": [
                {
                    "name": "rate",
                    "priority": 1,
                    "statement": [{"rate_based_statement": [{"limit": 1000, "aggregate_key_type": "IP"}]}],
                    "visibility_config": [
                        {"cloudwatch_metrics_enabled": False, "metric_name": "rate", "sampled_requests_enabled": False}
                    ],
                }
            ],
        },
    ),
    resource(
        "aws_lb",
        "web",
        {
            "internal": False,
            "load_balancer_type": "application",
            "desync_mitigation_mode": "monitor",
            "access_logs": [{"bucket": "logs-of-balancers", "enabled": False}],
        },
    ),
    resource("aws_lb_target_group", "web", {"port": 80, "protocol": "HTTP", "vpc_id": "vpc-1"}),
    resource(
        "aws_lb_listener",
        "plain",
        {
            "load_balancer_arn": ref("aws_lb.web.arn"),
            "port": 80,
            "protocol": "HTTP",
            "default_action": [{"type": "forward", "target_group_arn": ref("aws_lb_target_group.web.arn")}],
        },
    ),
    resource(
        "aws_lb_listener",
        "weak",
        {
            "load_balancer_arn": ref("aws_lb.web.arn"),
            "port": 443,
            "protocol": "HTTPS",
            "ssl_policy": "ELBSecurityPolicy-2016-08",
            "default_action": [
                {"type": "fixed-response", "fixed_response": [{"content_type": "text/plain", "status_code": "200"}]}
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl_association",
        "thin",
        {"resource_arn": ref("aws_lb.web.arn"), "web_acl_arn": ref("aws_wafv2_web_acl.thin.arn")},
    ),
    resource("aws_lb", "bare", {"load_balancer_type": "application"}),
    resource("aws_lb", "fast", {"load_balancer_type": "network", "enable_cross_zone_load_balancing": False}),
)
