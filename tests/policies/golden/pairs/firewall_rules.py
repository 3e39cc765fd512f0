"""Web firewalls of the three kinds: with rules and without, with actions and without."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    aws.wafv2.WebAcl(
        "log4j",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config={
            "cloudwatch_metrics_enabled": False,
            "metric_name": "log4j",
            "sampled_requests_enabled": False,
        },
        rules=[
            {
                "name": "known-bad-inputs",
                "priority": 1,
                "override_action": {"none": {}},
                "statement": {
                    "managed_rule_group_statement": {
                        "name": "AWSManagedRulesKnownBadInputsRuleSet",
                        "vendor_name": "AWS",
                    }
                },
                "visibility_config": {
                    "cloudwatch_metrics_enabled": False,
                    "metric_name": "bad",
                    "sampled_requests_enabled": False,
                },
            }
        ],
    )
    aws.wafv2.WebAcl(
        "empty",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config={
            "cloudwatch_metrics_enabled": False,
            "metric_name": "empty",
            "sampled_requests_enabled": False,
        },
    )
    aws.wafv2.RuleGroup(
        "acting",
        capacity=2,
        scope="REGIONAL",
        visibility_config={
            "cloudwatch_metrics_enabled": False,
            "metric_name": "acting",
            "sampled_requests_enabled": False,
        },
        rules=[
            {
                "name": "land",
                "priority": 1,
                "action": {"block": {}},
                "statement": {"geo_match_statement": {"country_codes": ["AQ"]}},
                "visibility_config": {
                    "cloudwatch_metrics_enabled": False,
                    "metric_name": "land",
                    "sampled_requests_enabled": False,
                },
            }
        ],
    )
    rule = aws.waf.Rule("old", name="old", metric_name="old")
    aws.waf.WebAcl(
        "old",
        name="old",
        metric_name="old",
        default_action={"type": "ALLOW"},
        logging_configuration={
            "log_destination": "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-old"
        },
        rules=[{"priority": 1, "rule_id": rule.id, "type": "REGULAR", "action": {"type": "BLOCK"}}],
    )
    aws.waf.WebAcl("bare", name="bare", metric_name="bare", default_action={"type": "ALLOW"})
    aws.wafregional.WebAcl("bare", name="bare", metric_name="bare", default_action={"type": "BLOCK"})
    aws.waf.RuleGroup(
        "old",
        name="old",
        metric_name="old",
        activated_rules=[{"action": {"type": "COUNT"}, "priority": 50, "rule_id": rule.id}],
    )


OFF = {"cloudwatch_metrics_enabled": False, "sampled_requests_enabled": False}
PLAN = plan(
    resource(
        "aws_wafv2_web_acl",
        "log4j",
        {
            "scope": "REGIONAL",
            "default_action": [{"allow": [{}]}],
            "visibility_config": [{**OFF, "metric_name": "log4j"}],
            "rule": [
                {
                    "name": "known-bad-inputs",
                    "priority": 1,
                    "override_action": [{"none": [{}]}],
                    "statement": [
                        {
                            "managed_rule_group_statement": [
                                {"name": "AWSManagedRulesKnownBadInputsRuleSet", "vendor_name": "AWS"}
                            ]
                        }
                    ],
                    "visibility_config": [{**OFF, "metric_name": "bad"}],
                }
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl",
        "empty",
        {
            "scope": "REGIONAL",
            "default_action": [{"allow": [{}]}],
            "visibility_config": [{**OFF, "metric_name": "empty"}],
        },
    ),
    resource(
        "aws_wafv2_rule_group",
        "acting",
        {
            "capacity": 2,
            "scope": "REGIONAL",
            "visibility_config": [{**OFF, "metric_name": "acting"}],
            "rule": [
                {
                    "name": "land",
                    "priority": 1,
                    "action": [{"block": [{}]}],
                    "statement": [{"geo_match_statement": [{"country_codes": ["AQ"]}]}],
                    "visibility_config": [{**OFF, "metric_name": "land"}],
                }
            ],
        },
    ),
    resource("aws_waf_rule", "old", {"name": "old", "metric_name": "old"}),
    resource(
        "aws_waf_web_acl",
        "old",
        {
            "name": "old",
            "metric_name": "old",
            "default_action": [{"type": "ALLOW"}],
            "logging_configuration": [
                {"log_destination": "arn:aws:firehose:us-east-1:123456789012:deliverystream/aws-waf-logs-old"}
            ],
            "rules": [
                {"priority": 1, "rule_id": ref("aws_waf_rule.old.id"), "type": "REGULAR", "action": [{"type": "BLOCK"}]}
            ],
        },
    ),
    resource("aws_waf_web_acl", "bare", {"name": "bare", "metric_name": "bare", "default_action": [{"type": "ALLOW"}]}),
    resource(
        "aws_wafregional_web_acl",
        "bare",
        {"name": "bare", "metric_name": "bare", "default_action": [{"type": "BLOCK"}]},
    ),
    resource(
        "aws_waf_rule_group",
        "old",
        {
            "name": "old",
            "metric_name": "old",
            "activated_rule": [{"action": [{"type": "COUNT"}], "priority": 50, "rule_id": ref("aws_waf_rule.old.id")}],
        },
    ),
)
