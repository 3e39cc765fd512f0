"""Streams and what carries them away."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("streams", enable_key_rotation=True)
    aws.kinesis.Stream("good", shard_count=1, encryption_type="KMS", kms_key_id=key.id)
    aws.kinesis.Stream("bad", shard_count=1, encryption_type="NONE")
    aws.kinesis.FirehoseDeliveryStream(
        "good",
        destination="extended_s3",
        extended_s3_configuration={
            "role_arn": "arn:aws:iam::123456789012:role/carry",
            "bucket_arn": "arn:aws:s3:::lake",
        },
        server_side_encryption={"enabled": True, "key_type": "CUSTOMER_MANAGED_CMK", "key_arn": key.arn},
    )
    aws.kinesis.FirehoseDeliveryStream(
        "bad",
        destination="extended_s3",
        extended_s3_configuration={
            "role_arn": "arn:aws:iam::123456789012:role/carry",
            "bucket_arn": "arn:aws:s3:::lake",
        },
    )
    aws.kinesis.VideoStream("good", name="good", kms_key_id=key.arn, data_retention_in_hours=1)
    aws.kinesis.VideoStream("bad", name="bad")


PLAN = plan(
    resource("aws_kms_key", "streams", {"enable_key_rotation": True}),
    resource(
        "aws_kinesis_stream",
        "good",
        {"shard_count": 1, "encryption_type": "KMS", "kms_key_id": ref("aws_kms_key.streams.id")},
    ),
    resource("aws_kinesis_stream", "bad", {"shard_count": 1, "encryption_type": "NONE", "kms_key_id": None}),
    resource(
        "aws_kinesis_firehose_delivery_stream",
        "good",
        {
            "destination": "extended_s3",
            "extended_s3_configuration": [
                {"role_arn": "arn:aws:iam::123456789012:role/carry", "bucket_arn": "arn:aws:s3:::lake"}
            ],
            "server_side_encryption": [
                {"enabled": True, "key_type": "CUSTOMER_MANAGED_CMK", "key_arn": ref("aws_kms_key.streams.arn")}
            ],
        },
    ),
    resource(
        "aws_kinesis_firehose_delivery_stream",
        "bad",
        {
            "destination": "extended_s3",
            "extended_s3_configuration": [
                {"role_arn": "arn:aws:iam::123456789012:role/carry", "bucket_arn": "arn:aws:s3:::lake"}
            ],
        },
    ),
    resource(
        "aws_kinesis_video_stream",
        "good",
        {"name": "good", "kms_key_id": ref("aws_kms_key.streams.arn"), "data_retention_in_hours": 1},
    ),
    resource("aws_kinesis_video_stream", "bad", {"name": "bad"}),
)
