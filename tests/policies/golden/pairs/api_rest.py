"""REST interfaces: one that is watched, cached and guarded, and one that is not."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    good = aws.apigateway.RestApi("good", name="good", endpoint_configuration={"types": "REGIONAL"})
    part = aws.apigateway.Resource("good", rest_api=good.id, parent_id=good.root_resource_id, path_part="chapters")
    validator = aws.apigateway.RequestValidator("good", rest_api=good.id, validate_request_body=True)
    aws.apigateway.Method(
        "good",
        rest_api=good.id,
        resource_id=part.id,
        http_method="GET",
        authorization="AWS_IAM",
        request_validator_id=validator.id,
    )
    certificate = aws.apigateway.ClientCertificate("good")
    deployment = aws.apigateway.Deployment("good", rest_api=good.id)
    stage = aws.apigateway.Stage(
        "good",
        rest_api=good.id,
        deployment=deployment.id,
        stage_name="live",
        xray_tracing_enabled=True,
        cache_cluster_enabled=True,
        cache_cluster_size="0.5",
        client_certificate_id=certificate.id,
        access_log_settings={"destination_arn": "arn:aws:logs:::log-group:api", "format": "$context.requestId"},
    )
    aws.apigateway.MethodSettings(
        "good",
        rest_api=good.id,
        stage_name=stage.stage_name,
        method_path="*/*",
        settings={
            "logging_level": "ERROR",
            "metrics_enabled": True,
            "caching_enabled": True,
            "cache_data_encrypted": True,
            "data_trace_enabled": False,
        },
    )
    firewall = aws.wafv2.WebAcl(
        "api",
        scope="REGIONAL",
        default_action={"allow": {}},
        visibility_config={"cloudwatch_metrics_enabled": True, "metric_name": "api", "sampled_requests_enabled": True},
    )
    aws.wafv2.WebAclAssociation("api", resource_arn=stage.arn, web_acl_arn=firewall.arn)
    bad = aws.apigateway.RestApi("bad", name="bad")
    aws.apigateway.Method(
        "open", rest_api=bad.id, resource_id=bad.root_resource_id, http_method="POST", authorization="NONE"
    )
    aws.apigateway.Method(
        "asked", rest_api=bad.id, resource_id=bad.root_resource_id, http_method="OPTIONS", authorization="NONE"
    )
    loose = aws.apigateway.Stage(
        "bad", rest_api=bad.id, deployment="abc123", stage_name="live", xray_tracing_enabled=False
    )
    aws.apigateway.MethodSettings(
        "bad",
        rest_api=bad.id,
        stage_name=loose.stage_name,
        method_path="*/*",
        settings={
            "logging_level": "OFF",
            "metrics_enabled": False,
            "caching_enabled": False,
            "cache_data_encrypted": False,
            "data_trace_enabled": True,
        },
    )
    aws.apigateway.DomainName("good", domain_name="api.example.com", security_policy="TLS_1_2")
    aws.apigateway.DomainName("bad", domain_name="old.example.com", security_policy="TLS_1_0")


GOOD, BAD = ref("aws_api_gateway_rest_api.good.id"), ref("aws_api_gateway_rest_api.bad.id")
PLAN = plan(
    resource("aws_api_gateway_rest_api", "good", {"name": "good", "endpoint_configuration": [{"types": ["REGIONAL"]}]}),
    resource(
        "aws_api_gateway_resource",
        "good",
        {
            "rest_api_id": GOOD,
            "parent_id": ref("aws_api_gateway_rest_api.good.root_resource_id"),
            "path_part": "chapters",
        },
    ),
    resource("aws_api_gateway_request_validator", "good", {"rest_api_id": GOOD, "validate_request_body": True}),
    resource(
        "aws_api_gateway_method",
        "good",
        {
            "rest_api_id": GOOD,
            "resource_id": ref("aws_api_gateway_resource.good.id"),
            "http_method": "GET",
            "authorization": "AWS_IAM",
            "request_validator_id": ref("aws_api_gateway_request_validator.good.id"),
            "api_key_required": False,
        },
    ),
    resource("aws_api_gateway_client_certificate", "good"),
    resource("aws_api_gateway_deployment", "good", {"rest_api_id": GOOD}),
    resource(
        "aws_api_gateway_stage",
        "good",
        {
            "rest_api_id": GOOD,
            "deployment_id": ref("aws_api_gateway_deployment.good.id"),
            "stage_name": "live",
            "xray_tracing_enabled": True,
            "cache_cluster_enabled": True,
            "cache_cluster_size": "0.5",
            "client_certificate_id": ref("aws_api_gateway_client_certificate.good.id"),
            "access_log_settings": [
                {"destination_arn": "arn:aws:logs:::log-group:api", "format": "$context.requestId"}
            ],
        },
    ),
    resource(
        "aws_api_gateway_method_settings",
        "good",
        {
            "rest_api_id": GOOD,
            "stage_name": known("live", "aws_api_gateway_stage.good.stage_name"),
            "method_path": "*/*",
            "settings": [
                {
                    "logging_level": "ERROR",
                    "metrics_enabled": True,
                    "caching_enabled": True,
                    "cache_data_encrypted": True,
                    "data_trace_enabled": False,
                }
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl",
        "api",
        {
            "scope": "REGIONAL",
            "default_action": [{"allow": [{}]}],
            "visibility_config": [
                {"cloudwatch_metrics_enabled": True, "metric_name": "api", "sampled_requests_enabled": True}
            ],
        },
    ),
    resource(
        "aws_wafv2_web_acl_association",
        "api",
        {"resource_arn": ref("aws_api_gateway_stage.good.arn"), "web_acl_arn": ref("aws_wafv2_web_acl.api.arn")},
    ),
    resource("aws_api_gateway_rest_api", "bad", {"name": "bad"}),
    resource(
        "aws_api_gateway_method",
        "open",
        {
            "rest_api_id": BAD,
            "resource_id": ref("aws_api_gateway_rest_api.bad.root_resource_id"),
            "http_method": "POST",
            "authorization": "NONE",
            "request_validator_id": None,
        },
    ),
    resource(
        "aws_api_gateway_method",
        "asked",
        {
            "rest_api_id": BAD,
            "resource_id": ref("aws_api_gateway_rest_api.bad.root_resource_id"),
            "http_method": "OPTIONS",
            "authorization": "NONE",
        },
    ),
    resource(
        "aws_api_gateway_stage",
        "bad",
        {"rest_api_id": BAD, "deployment_id": "abc123", "stage_name": "live", "xray_tracing_enabled": False},
    ),
    resource(
        "aws_api_gateway_method_settings",
        "bad",
        {
            "rest_api_id": BAD,
            "stage_name": known("live", "aws_api_gateway_stage.bad.stage_name"),
            "method_path": "*/*",
            "settings": [
                {
                    "logging_level": "OFF",
                    "metrics_enabled": False,
                    "caching_enabled": False,
                    "cache_data_encrypted": False,
                    "data_trace_enabled": True,
                }
            ],
        },
    ),
    resource("aws_api_gateway_domain_name", "good", {"domain_name": "api.example.com", "security_policy": "TLS_1_2"}),
    resource("aws_api_gateway_domain_name", "bad", {"domain_name": "old.example.com", "security_policy": "TLS_1_0"}),
)
