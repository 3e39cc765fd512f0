"""A distribution as it should be: its own certificate, a firewall, logs, a spare origin."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import Value, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    bucket = aws.s3.Bucket("site")
    control = aws.cloudfront.OriginAccessControl(
        "site", name="site", origin_access_control_origin_type="s3", signing_behavior="always", signing_protocol="sigv4"
    )
    headers = aws.cloudfront.ResponseHeadersPolicy(
        "strict",
        name="strict",
        security_headers_config={
            "strict_transport_security": {
                "access_control_max_age_sec": 31536000,
                "include_subdomains": True,
                "override": True,
                "preload": True,
            }
        },
    )
    firewall = aws.wafv2.WebAcl(
        "edge",
        scope="CLOUDFRONT",
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
    aws.cloudfront.Distribution(
        "site",
        enabled=True,
        default_root_object="index.html",
        web_acl_id=firewall.arn,
        aliases=["www.example.com"],
        origins=[
            {
                "origin_id": "main",
                "domain_name": bucket.bucket_regional_domain_name,
                "origin_access_control_id": control.id,
            },
            {
                "origin_id": "spare",
                "domain_name": "spare.example.com",
                "custom_origin_config": {
                    "http_port": 80,
                    "https_port": 443,
                    "origin_protocol_policy": "https-only",
                    "origin_ssl_protocols": ["TLSv1.2"],
                },
            },
        ],
        origin_groups=[
            {
                "origin_id": "both",
                "failover_criteria": {"status_codes": [500, 502]},
                "members": [{"origin_id": "main"}, {"origin_id": "spare"}],
            }
        ],
        default_cache_behavior={
            "target_origin_id": "both",
            "viewer_protocol_policy": "redirect-to-https",
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
            "response_headers_policy_id": headers.id,
        },
        restrictions={"geo_restriction": {"restriction_type": "whitelist", "locations": ["DE", "JP"]}},
        viewer_certificate={
            "acm_certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
            "minimum_protocol_version": "TLSv1.2_2021",
            "ssl_support_method": "sni-only",
        },
        logging_config={"bucket": "logs.s3.amazonaws.com", "include_cookies": False},
    )


def _group(name: str, priority: int) -> dict[str, Value]:
    return {
        "name": name,
        "priority": priority,
        "override_action": [{"none": [{}]}],
        "statement": [{"managed_rule_group_statement": [{"name": name, "vendor_name": "AWS"}]}],
        "visibility_config": [
            {"cloudwatch_metrics_enabled": True, "metric_name": name, "sampled_requests_enabled": True}
        ],
    }


PLAN = plan(
    resource("aws_s3_bucket", "site"),
    resource(
        "aws_cloudfront_origin_access_control",
        "site",
        {
            "name": "site",
            "origin_access_control_origin_type": "s3",
            "signing_behavior": "always",
            "signing_protocol": "sigv4",
        },
    ),
    resource(
        "aws_cloudfront_response_headers_policy",
        "strict",
        {
            "name": "strict",
            "security_headers_config": [
                {
                    "strict_transport_security": [
                        {
                            "access_control_max_age_sec": 31536000,
                            "include_subdomains": True,
                            "override": True,
                            "preload": True,
                        }
                    ]
                }
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl",
        "edge",
        {
            "scope": "CLOUDFRONT",
            "default_action": [{"allow": [{}]}],
            "visibility_config": [
                {"cloudwatch_metrics_enabled": True, "metric_name": "edge", "sampled_requests_enabled": True}
            ],
            "rule": [_group("AWSManagedRulesAnonymousIpList", 0), _group("AWSManagedRulesKnownBadInputsRuleSet", 1)],
        },
    ),
    resource(
        "aws_cloudfront_distribution",
        "site",
        {
            "enabled": True,
            "default_root_object": "index.html",
            "web_acl_id": ref("aws_wafv2_web_acl.edge.arn"),
            "aliases": ["www.example.com"],
            "origin": [
                {
                    "origin_id": "main",
                    "domain_name": ref("aws_s3_bucket.site.bucket_regional_domain_name"),
                    "origin_access_control_id": ref("aws_cloudfront_origin_access_control.site.id"),
                },
                {
                    "origin_id": "spare",
                    "domain_name": "spare.example.com",
                    "custom_origin_config": [
                        {
                            "http_port": 80,
                            "https_port": 443,
                            "origin_protocol_policy": "https-only",
                            "origin_ssl_protocols": ["TLSv1.2"],
                        }
                    ],
                },
            ],
            "origin_group": [
                {
                    "origin_id": "both",
                    "failover_criteria": [{"status_codes": [500, 502]}],
                    "member": [{"origin_id": "main"}, {"origin_id": "spare"}],
                }
            ],
            "default_cache_behavior": [
                {
                    "target_origin_id": "both",
                    "viewer_protocol_policy": "redirect-to-https",
                    "allowed_methods": ["GET", "HEAD"],
                    "cached_methods": ["GET", "HEAD"],
                    "response_headers_policy_id": ref("aws_cloudfront_response_headers_policy.strict.id"),
                }
            ],
            "restrictions": [{"geo_restriction": [{"restriction_type": "whitelist", "locations": ["DE", "JP"]}]}],
            "viewer_certificate": [
                {
                    "acm_certificate_arn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
                    "minimum_protocol_version": "TLSv1.2_2021",
                    "ssl_support_method": "sni-only",
                }
            ],
            "logging_config": [{"bucket": "logs.s3.amazonaws.com", "include_cookies": False}],
        },
    ),
)
