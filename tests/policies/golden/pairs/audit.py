"""Trails, and where they are kept and watched."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("audit", enable_key_rotation=True)
    bucket = aws.s3.Bucket("trail")
    logs = aws.cloudwatch.LogGroup("trail", name="/trail", retention_in_days=731, kms_key_id=key.arn)
    role = aws.iam.Role("trail", assume_role_policy=TRUST)
    topic = aws.sns.Topic("trail", kms_master_key_id=key.id)
    aws.cloudtrail.Trail(
        "good",
        name="good",
        s3_bucket_name=bucket.id,
        kms_key_id=key.arn,
        enable_log_file_validation=True,
        is_multi_region_trail=True,
        enable_logging=True,
        include_global_service_events=True,
        sns_topic_name=topic.name,
        cloud_watch_logs_group_arn=logs.arn.apply(lambda arn: f"{arn}:*"),
        cloud_watch_logs_role_arn=role.arn,
        event_selectors=[
            {
                "read_write_type": "All",
                "include_management_events": True,
                "data_resources": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}],
            }
        ],
    )
    aws.cloudtrail.Trail(
        "bad",
        name="bad",
        s3_bucket_name="elsewhere",
        enable_logging=False,
        is_multi_region_trail=False,
        enable_log_file_validation=False,
    )
    aws.cloudtrail.EventDataStore("good", name="good", kms_key_id=key.arn)
    aws.cloudtrail.EventDataStore("bad", name="bad")
    aws.cloudwatch.LogGroup("short", name="/short", retention_in_days=3)
    aws.cloudwatch.LogGroup("for-ever", name="/for-ever")
    aws.cloudwatch.MetricAlarm(
        "good", name="good", comparison_operator="GreaterThanThreshold", evaluation_periods=1, alarm_actions=[topic.arn]
    )
    aws.cloudwatch.MetricAlarm(
        "silent", name="silent", comparison_operator="GreaterThanThreshold", evaluation_periods=1, actions_enabled=False
    )


PLAN = plan(
    resource("aws_kms_key", "audit", {"enable_key_rotation": True}),
    resource("aws_s3_bucket", "trail"),
    resource(
        "aws_cloudwatch_log_group",
        "trail",
        {"name": "/trail", "retention_in_days": 731, "kms_key_id": ref("aws_kms_key.audit.arn")},
    ),
    resource("aws_iam_role", "trail", {"assume_role_policy": TRUST}),
    resource("aws_sns_topic", "trail", {"kms_master_key_id": ref("aws_kms_key.audit.id")}),
    resource(
        "aws_cloudtrail",
        "good",
        {
            "name": "good",
            "s3_bucket_name": ref("aws_s3_bucket.trail.id"),
            "kms_key_id": ref("aws_kms_key.audit.arn"),
            "enable_log_file_validation": True,
            "is_multi_region_trail": True,
            "enable_logging": True,
            "include_global_service_events": True,
            "sns_topic_name": ref("aws_sns_topic.trail.name"),
            "cloud_watch_logs_group_arn": ref("aws_cloudwatch_log_group.trail.arn"),
            "cloud_watch_logs_role_arn": ref("aws_iam_role.trail.arn"),
            "event_selector": [
                {
                    "read_write_type": "All",
                    "include_management_events": True,
                    "data_resource": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}],
                }
            ],
        },
    ),
    resource(
        "aws_cloudtrail",
        "bad",
        {
            "name": "bad",
            "s3_bucket_name": "elsewhere",
            "enable_logging": False,
            "is_multi_region_trail": False,
            "enable_log_file_validation": False,
            "kms_key_id": None,
            "sns_topic_name": None,
            "cloud_watch_logs_group_arn": None,
        },
    ),
    resource("aws_cloudtrail_event_data_store", "good", {"name": "good", "kms_key_id": ref("aws_kms_key.audit.arn")}),
    resource("aws_cloudtrail_event_data_store", "bad", {"name": "bad"}),
    resource("aws_cloudwatch_log_group", "short", {"name": "/short", "retention_in_days": 3}),
    resource("aws_cloudwatch_log_group", "for-ever", {"name": "/for-ever", "kms_key_id": None}),
    resource(
        "aws_cloudwatch_metric_alarm",
        "good",
        {
            "alarm_name": "good",
            "comparison_operator": "GreaterThanThreshold",
            "evaluation_periods": 1,
            "alarm_actions": ref("aws_sns_topic.trail.arn"),
            "actions_enabled": True,
        },
    ),
    resource(
        "aws_cloudwatch_metric_alarm",
        "silent",
        {
            "alarm_name": "silent",
            "comparison_operator": "GreaterThanThreshold",
            "evaluation_periods": 1,
            "actions_enabled": False,
        },
    ),
)
