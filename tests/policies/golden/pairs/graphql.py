"""GraphQL interfaces: with a log and a firewall, and their caches."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    good = aws.appsync.GraphQLApi(
        "good",
        name="good",
        authentication_type="AWS_IAM",
        log_config={"cloudwatch_logs_role_arn": "arn:aws:iam::123456789012:role/log", "field_log_level": "ALL"},
    )
    aws.appsync.GraphQLApi("bad", name="bad", authentication_type="API_KEY")
    quiet = aws.appsync.GraphQLApi(
        "quiet",
        name="quiet",
        authentication_type="AWS_IAM",
        log_config={"cloudwatch_logs_role_arn": "arn:aws:iam::123456789012:role/log", "field_log_level": "NONE"},
    )
    firewall = aws.wafv2.WebAcl(
        "front",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config={
            "cloudwatch_metrics_enabled": True,
            "metric_name": "front",
            "sampled_requests_enabled": True,
        },
    )
    aws.wafv2.WebAclAssociation("front", resource_arn=good.arn, web_acl_arn=firewall.arn)
    aws.appsync.ApiCache(
        "good",
        api_id=good.id,
        type="T2_SMALL",
        ttl=60,
        api_caching_behavior="FULL_REQUEST_CACHING",
        at_rest_encryption_enabled=True,
        transit_encryption_enabled=True,
    )
    aws.appsync.ApiCache("bad", api_id=quiet.id, type="T2_SMALL", ttl=60, api_caching_behavior="FULL_REQUEST_CACHING")


PLAN = plan(
    resource(
        "aws_appsync_graphql_api",
        "good",
        {
            "name": "good",
            "authentication_type": "AWS_IAM",
            "log_config": [
                {"cloudwatch_logs_role_arn": "arn:aws:iam::123456789012:role/log", "field_log_level": "ALL"}
            ],
        },
    ),
    resource("aws_appsync_graphql_api", "bad", {"name": "bad", "authentication_type": "API_KEY"}),
    resource(
        "aws_appsync_graphql_api",
        "quiet",
        {
            "name": "quiet",
            "authentication_type": "AWS_IAM",
            "log_config": [
                {"cloudwatch_logs_role_arn": "arn:aws:iam::123456789012:role/log", "field_log_level": "NONE"}
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl",
        "front",
        {
            "scope": "REGIONAL",
            "default_action": [{"allow": [{}]}],
            "visibility_config": [
                {"cloudwatch_metrics_enabled": True, "metric_name": "front", "sampled_requests_enabled": True}
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl_association",
        "front",
        {"resource_arn": ref("aws_appsync_graphql_api.good.arn"), "web_acl_arn": ref("aws_wafv2_web_acl.front.arn")},
    ),
    resource(
        "aws_appsync_api_cache",
        "good",
        {
            "api_id": ref("aws_appsync_graphql_api.good.id"),
            "type": "T2_SMALL",
            "ttl": 60,
            "api_caching_behavior": "FULL_REQUEST_CACHING",
            "at_rest_encryption_enabled": True,
            "transit_encryption_enabled": True,
        },
    ),
    resource(
        "aws_appsync_api_cache",
        "bad",
        {
            "api_id": ref("aws_appsync_graphql_api.quiet.id"),
            "type": "T2_SMALL",
            "ttl": 60,
            "api_caching_behavior": "FULL_REQUEST_CACHING",
        },
    ),
)
