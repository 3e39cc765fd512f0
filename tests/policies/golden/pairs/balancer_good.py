"""A balancer as it should be: logs, a firewall in front, TLS only, the plain port sent on."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import Value, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    firewall = aws.wafv2.WebAcl(
        "edge",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config={"cloudwatch_metrics_enabled": True, "metric_name": "edge", "sampled_requests_enabled": True},
        rules=[
            {
                "name": name,
                "priority": priority,
                "override_action": {"none": {}},
                "statement": {"managed_rule_group_statement": {"name": name, "vendor_name": "AWS"}},
                "visibility_config": {
                    "cloudwatch_metrics_enabled": True,
                    "metric_name": name,
                    "sampled_requests_enabled": True,
                },
            }
            for priority, name in enumerate(("AWSManagedRulesAnonymousIpList", "AWSManagedRulesKnownBadInputsRuleSet"))
        ],
    )
    balancer = aws.lb.LoadBalancer(
        "web",
        load_balancer_type="application",
        drop_invalid_header_fields=True,
        enable_deletion_protection=True,
        enable_cross_zone_load_balancing=True,
        desync_mitigation_mode="strictest",
        access_logs={"bucket": "logs-of-balancers", "enabled": True},
        subnets=["subnet-1", "subnet-2"],
    )
    targets = aws.lb.TargetGroup(
        "web",
        port=8443,
        protocol="HTTPS",
        vpc_id="vpc-1",
        health_check={"enabled": True, "path": "/healthz", "protocol": "HTTPS"},
    )
    aws.lb.Listener(
        "secure",
        load_balancer_arn=balancer.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificate_arn="arn:aws:acm:eu-west-1:123456789012:certificate/1",
        default_actions=[{"type": "forward", "target_group_arn": targets.arn}],
    )
    redirecting = aws.lb.LoadBalancer("redirecting", internal=True, load_balancer_type="application")
    aws.lb.Listener(
        "plain",
        load_balancer_arn=redirecting.arn,
        port=80,
        protocol="HTTP",
        default_actions=[
            {"type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}}
        ],
    )
    aws.wafv2.WebAclAssociation("edge", resource_arn=balancer.arn, web_acl_arn=firewall.arn)
    aws.wafv2.WebAclLoggingConfiguration(
        "edge", resource_arn=firewall.arn, log_destination_configs=["arn:aws:s3:::aws-waf-logs-edge"]
    )


def _group(name: str, priority: int) -> dict[str, Value]:
    return {
        "name": name,
        "priority": priority,
        "override_action": [{"none": [{}], "count": []}],
        "action": [],
        "statement": [{"managed_rule_group_statement": [{"name": name, "vendor_name": "AWS"}]}],
        "visibility_config": [
            {"cloudwatch_metrics_enabled": True, "metric_name": name, "sampled_requests_enabled": True}
        ],
    }


PLAN = plan(
    resource(
        "aws_wafv2_web_acl",
        "edge",
        {
            "scope": "REGIONAL",
            "default_action": [{"allow": [{}], "block": []}],
            "visibility_config": [
                {"cloudwatch_metrics_enabled": True, "metric_name": "edge", "sampled_requests_enabled": True}
            ],
            "rule": [_group("AWSManagedRulesAnonymousIpList", 0), _group("AWSManagedRulesKnownBadInputsRuleSet", 1)],
        },
    ),
    resource(
        "aws_lb",
        "web",
        {
            "load_balancer_type": "application",
            "drop_invalid_header_fields": True,
            "enable_deletion_protection": True,
            "enable_cross_zone_load_balancing": True,
            "desync_mitigation_mode": "strictest",
            "access_logs": [{"bucket": "logs-of-balancers", "enabled": True, "prefix": None}],
            "subnets": ["subnet-1", "subnet-2"],
        },
    ),
    resource(
        "aws_lb_target_group",
        "web",
        {
            "port": 8443,
            "protocol": "HTTPS",
            "vpc_id": "vpc-1",
            "health_check": [{"enabled": True, "path": "/healthz", "protocol": "HTTPS", "interval": 30}],
        },
    ),
    resource(
        "aws_lb_listener",
        "secure",
        {
            "load_balancer_arn": ref("aws_lb.web.arn"),
            "port": 443,
            "protocol": "HTTPS",
            "ssl_policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "certificate_arn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
            "default_action": [{"type": "forward", "target_group_arn": ref("aws_lb_target_group.web.arn")}],
        },
    ),
    resource(
        "aws_lb",
        "redirecting",
        {
            "internal": True,
            "load_balancer_type": "application",
            "drop_invalid_header_fields": False,
            "enable_deletion_protection": False,
        },
    ),
    resource(
        "aws_lb_listener",
        "plain",
        {
            "load_balancer_arn": ref("aws_lb.redirecting.arn"),
            "port": 80,
            "protocol": "HTTP",
            "default_action": [
                {
                    "type": "redirect",
                    "redirect": [{"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301", "host": "#{host}"}],
                }
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl_association",
        "edge",
        {"resource_arn": ref("aws_lb.web.arn"), "web_acl_arn": ref("aws_wafv2_web_acl.edge.arn")},
    ),
    resource(
        "aws_wafv2_web_acl_logging_configuration",
        "edge",
        {
            "resource_arn": ref("aws_wafv2_web_acl.edge.arn"),
            "log_destination_configs": ["arn:aws:s3:::aws-waf-logs-edge"],
        },
    ),
)
