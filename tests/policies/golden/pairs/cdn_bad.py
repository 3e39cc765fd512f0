"""Distributions as they should not be: plain, unseen, from one place, with the vendor's certificate."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    bucket = aws.s3.Bucket("site")
    aws.cloudfront.Distribution(
        "bad",
        enabled=True,
        origins=[
            {
                "origin_id": "main",
                "domain_name": "web.elb.amazonaws.com",
                "custom_origin_config": {
                    "http_port": 80,
                    "https_port": 443,
                    "origin_protocol_policy": "http-only",
                    "origin_ssl_protocols": ["SSLv3", "TLSv1"],
                },
            }
        ],
        default_cache_behavior={
            "target_origin_id": "main",
            "viewer_protocol_policy": "allow-all",
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
        },
        restrictions={"geo_restriction": {"restriction_type": "none"}},
        viewer_certificate={"cloudfront_default_certificate": True},
    )
    aws.cloudfront.Distribution(
        "off",
        enabled=False,
        origins=[{"origin_id": "main", "domain_name": bucket.bucket_domain_name}],
        default_cache_behavior={
            "target_origin_id": "main",
            "viewer_protocol_policy": "https-only",
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
        },
        ordered_cache_behaviors=[
            {
                "path_pattern": "/open/*",
                "target_origin_id": "main",
                "viewer_protocol_policy": "allow-all",
                "allowed_methods": ["GET", "HEAD"],
                "cached_methods": ["GET", "HEAD"],
            }
        ],
        restrictions={"geo_restriction": {"restriction_type": "none"}},
        viewer_certificate={
            "acm_certificate_arn": "arn:aws:acm:us-east-1:1:certificate/1",
            "minimum_protocol_version": "TLSv1",
        },
    )
    aws.cloudfront.ResponseHeadersPolicy(
        "lax",
        name="lax",
        security_headers_config={"content_type_options": {"override": True}},
    )


PLAN = plan(
    resource("aws_s3_bucket", "site"),
    resource(
        "aws_cloudfront_distribution",
        "bad",
        {
            "enabled": True,
            "default_root_object": None,
            "web_acl_id": None,
            "origin": [
                {
                    "origin_id": "main",
                    "domain_name": "web.elb.amazonaws.com",
                    "custom_origin_config": [
                        {
                            "http_port": 80,
                            "https_port": 443,
                            "origin_protocol_policy": "http-only",
                            "origin_ssl_protocols": ["SSLv3", "TLSv1"],
                        }
                    ],
                }
            ],
            "default_cache_behavior": [
                {
                    "target_origin_id": "main",
                    "viewer_protocol_policy": "allow-all",
                    "allowed_methods": ["GET", "HEAD"],
                    "cached_methods": ["GET", "HEAD"],
                }
            ],
            "restrictions": [{"geo_restriction": [{"restriction_type": "none"}]}],
            "viewer_certificate": [{"cloudfront_default_certificate": True, "minimum_protocol_version": "TLSv1"}],
        },
    ),
    resource(
        "aws_cloudfront_distribution",
        "off",
        {
            "enabled": False,
            "origin": [{"origin_id": "main", "domain_name": ref("aws_s3_bucket.site.bucket_domain_name")}],
            "default_cache_behavior": [
                {
                    "target_origin_id": "main",
                    "viewer_protocol_policy": "https-only",
                    "allowed_methods": ["GET", "HEAD"],
                    "cached_methods": ["GET", "HEAD"],
                }
            ],
            "ordered_cache_behavior": [
                {
                    "path_pattern": "/open/*",
                    "target_origin_id": "main",
                    "viewer_protocol_policy": "allow-all",
                    "allowed_methods": ["GET", "HEAD"],
                    "cached_methods": ["GET", "HEAD"],
                }
            ],
            "restrictions": [{"geo_restriction": [{"restriction_type": "none"}]}],
            "viewer_certificate": [
                {"acm_certificate_arn": "arn:aws:acm:us-east-1:1:certificate/1", "minimum_protocol_version": "TLSv1"}
            ],
        },
    ),
    resource(
        "aws_cloudfront_response_headers_policy",
        "lax",
        {"name": "lax", "security_headers_config": [{"content_type_options": [{"override": True}]}]},
    ),
)
