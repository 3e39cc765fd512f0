"""Where Terraform's plan says more than its source: what is not set stands there as null or as an empty list.

A few checks take that for a value and pass, or break down. The bridge writes only what is set, so there checkov says of
a Pulumi program what it says of Terraform's source, which is the stricter of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.policies.golden.terraform import Resource, resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.policies.golden.terraform import Value


@dataclass(frozen=True)
class Unset:
    """One check that what is not set misleads.

    Attributes:
        check: its id.
        source: the resource as the source has it: the check fails it.
        plan: the same as Terraform plans it.
        said: what the check makes of that: ``passed``, or ``unjudged`` where it breaks down.
    """

    check: str
    source: Resource
    plan: Resource
    said: str = "passed"


_FUNCTION: Mapping[str, Value] = {"function_name": "bad", "role": "arn:aws:iam::123456789012:role/function"}
_PERMISSION: Mapping[str, Value] = {
    "function_name": "bad",
    "action": "lambda:InvokeFunction",
    "principal": "events.amazonaws.com",
}
_LIFECYCLE: Mapping[str, Value] = {"id": "old", "status": "Enabled", "expiration": [{"days": 30}]}
_RULE: Mapping[str, Value] = {
    "type": "ingress",
    "protocol": "tcp",
    "from_port": 443,
    "to_port": 443,
    "cidr_blocks": ["10.0.0.0/16"],
}
_STREAM: Mapping[str, Value] = {"name": "bad", "destination": "extended_s3"}

UNSET = (
    Unset(
        "CKV_AWS_23",
        resource("aws_security_group_rule", "bad", _RULE),
        resource("aws_security_group_rule", "bad", {**_RULE, "description": None}),
    ),
    Unset(
        "CKV_AWS_100",
        resource("aws_eks_node_group", "bad", {"remote_access": [{"ec2_ssh_key": "key"}]}),
        resource(
            "aws_eks_node_group",
            "bad",
            {"remote_access": [{"ec2_ssh_key": "key", "source_security_group_ids": None}]},
        ),
    ),
    Unset(
        "CKV_AWS_115",
        resource("aws_lambda_function", "bad", _FUNCTION),
        resource("aws_lambda_function", "bad", {**_FUNCTION, "reserved_concurrent_executions": -1}),
    ),
    Unset(
        "CKV_AWS_173",
        resource("aws_lambda_function", "bad", {**_FUNCTION, "environment": [{"variables": {"A": "b"}}]}),
        resource(
            "aws_lambda_function",
            "bad",
            {**_FUNCTION, "environment": [{"variables": {"A": "b"}}], "kms_key_arn": None},
        ),
    ),
    Unset(
        "CKV_AWS_300",
        resource("aws_s3_bucket_lifecycle_configuration", "bad", {"bucket": "bad", "rule": [_LIFECYCLE]}),
        resource(
            "aws_s3_bucket_lifecycle_configuration",
            "bad",
            {"bucket": "bad", "rule": [{**_LIFECYCLE, "abort_incomplete_multipart_upload": []}]},
        ),
    ),
    Unset(
        "CKV_AWS_364",
        resource("aws_lambda_permission", "bad", _PERMISSION),
        resource("aws_lambda_permission", "bad", {**_PERMISSION, "source_arn": None}),
    ),
    Unset(
        "CKV_AWS_175",
        resource("aws_wafv2_web_acl", "bad", {"name": "bad", "scope": "REGIONAL"}),
        resource("aws_wafv2_web_acl", "bad", {"name": "bad", "scope": "REGIONAL", "rule": []}),
    ),
    Unset(
        "CKV_AWS_192",
        resource("aws_wafv2_web_acl", "bad", {"name": "bad", "scope": "REGIONAL"}),
        resource("aws_wafv2_web_acl", "bad", {"name": "bad", "scope": "REGIONAL", "rule": []}),
        said="unjudged",
    ),
    Unset(
        "CKV_AWS_240",
        resource("aws_kinesis_firehose_delivery_stream", "bad", _STREAM),
        resource("aws_kinesis_firehose_delivery_stream", "bad", {**_STREAM, "server_side_encryption": []}),
        said="unjudged",
    ),
    Unset(
        "CKV_AWS_241",
        resource("aws_kinesis_firehose_delivery_stream", "bad", _STREAM),
        resource("aws_kinesis_firehose_delivery_stream", "bad", {**_STREAM, "server_side_encryption": []}),
        said="unjudged",
    ),
)
