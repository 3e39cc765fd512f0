"""Policy documents of buckets and of the identities that use them: plain functions from names to JSON."""

from __future__ import annotations

import json
from typing import TypeAlias

Statement: TypeAlias = dict[str, object]


def document(*statements: Statement) -> str:
    """A policy document as JSON, keys sorted, so that the same statements give the same text."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)}, sort_keys=True)


def arn(bucket: str) -> str:
    """The ARN of a bucket; S3's carry neither region nor account."""
    return f"arn:aws:s3:::{bucket}"


def tls_only(bucket: str) -> Statement:
    """Refuse every request that is not encrypted on the way (CIS AWS 2.1.1)."""
    return {
        "Sid": "DenyPlainHttp",
        "Effect": "Deny",
        # In a deny the same as "*" alone; a mapping, as every reader of policies knows principals (moto among them).
        "Principal": {"AWS": "*"},
        "Action": "s3:*",
        "Resource": [arn(bucket), f"{arn(bucket)}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def log_delivery(log_bucket: str, source_bucket: str) -> Statement:
    """Let S3's own service write access logs of one bucket into another, of the same account.

    (Amazon S3 User Guide, "Enabling server access logging"; the condition keeps other people's buckets out.)
    """
    return {
        "Sid": "AccessLogsOfOneBucket",
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"{arn(log_bucket)}/*",
        "Condition": {"ArnLike": {"aws:SourceArn": arn(source_bucket)}},
    }


def assumed_by(service: str) -> str:
    """A trust policy for one AWS service."""
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def replication(source: str, target: str, source_key: str, target_key: str) -> str:
    """What S3 may do to replicate one bucket into another: read and decrypt there, write and encrypt here.

    Deletions are left out: what is deleted from the source stays in the replica.

    Args:
        source: name of the bucket that is read.
        target: name of the bucket that is written.
        source_key: ARN of the KMS key of the source.
        target_key: ARN of the KMS key of the target, in its own region.
    """
    return document(
        {"Effect": "Allow", "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"], "Resource": arn(source)},
        {
            "Effect": "Allow",
            # The last two: a locked object takes its lock along.
            "Action": [
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionTagging",
                "s3:GetObjectRetention",
                "s3:GetObjectLegalHold",
            ],
            "Resource": f"{arn(source)}/*",
        },
        {"Effect": "Allow", "Action": ["s3:ReplicateObject", "s3:ReplicateTags"], "Resource": f"{arn(target)}/*"},
        {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": source_key},
        {"Effect": "Allow", "Action": ["kms:Encrypt", "kms:GenerateDataKey"], "Resource": target_key},
    )


def writer(bucket: str, key: str) -> str:
    """What the backup job may do with the second copy: write, read back, list. It can delete nothing.

    Args:
        bucket: name of the bucket.
        key: ARN of its KMS key.
    """
    return document(
        {
            "Effect": "Allow",
            # The list of unfinished uploads: each run looks there for what a killed one left, and aborts it.
            "Action": ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
            "Resource": arn(bucket),
        },
        {
            "Effect": "Allow",
            "Action": ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
            "Resource": f"{arn(bucket)}/*",
        },
        {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": key},
    )
