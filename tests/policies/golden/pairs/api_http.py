"""Interfaces of the second kind: HTTP and WebSocket, with and without a log and a lock."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    web = aws.apigatewayv2.Api("web", name="web", protocol_type="HTTP")
    socket = aws.apigatewayv2.Api(
        "socket", name="socket", protocol_type="WEBSOCKET", route_selection_expression="$request.body.action"
    )
    aws.apigatewayv2.Stage(
        "good",
        api_id=web.id,
        name="live",
        access_log_settings={"destination_arn": "arn:aws:logs:::log-group:api", "format": "$context.requestId"},
    )
    aws.apigatewayv2.Stage("bad", api_id=socket.id, name="live")
    aws.apigatewayv2.Route("good", api_id=web.id, route_key="GET /", authorization_type="AWS_IAM")
    aws.apigatewayv2.Route("open", api_id=web.id, route_key="POST /", authorization_type="NONE")
    aws.apigatewayv2.Route("bare", api_id=socket.id, route_key="$default")


PLAN = plan(
    resource("aws_apigatewayv2_api", "web", {"name": "web", "protocol_type": "HTTP"}),
    resource(
        "aws_apigatewayv2_api",
        "socket",
        {"name": "socket", "protocol_type": "WEBSOCKET", "route_selection_expression": "$request.body.action"},
    ),
    resource(
        "aws_apigatewayv2_stage",
        "good",
        {
            "api_id": ref("aws_apigatewayv2_api.web.id"),
            "name": "live",
            "access_log_settings": [
                {"destination_arn": "arn:aws:logs:::log-group:api", "format": "$context.requestId"}
            ],
        },
    ),
    resource(
        "aws_apigatewayv2_stage",
        "bad",
        {"api_id": ref("aws_apigatewayv2_api.socket.id"), "name": "live", "access_log_settings": []},
    ),
    resource(
        "aws_apigatewayv2_route",
        "good",
        {"api_id": ref("aws_apigatewayv2_api.web.id"), "route_key": "GET /", "authorization_type": "AWS_IAM"},
    ),
    resource(
        "aws_apigatewayv2_route",
        "open",
        {"api_id": ref("aws_apigatewayv2_api.web.id"), "route_key": "POST /", "authorization_type": "NONE"},
    ),
    resource(
        "aws_apigatewayv2_route", "bare", {"api_id": ref("aws_apigatewayv2_api.socket.id"), "route_key": "$default"}
    ),
)
