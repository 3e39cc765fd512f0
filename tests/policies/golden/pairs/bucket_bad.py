"""A bucket that lacks everything, and one whose neighbours say the wrong thing."""

from __future__ import annotations

import json

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource

POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::shared-with-all/*"}
        ],
    }
)
LOCKOUT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::locked/*"}],
    }
)


def program() -> None:
    """As a Pulumi program has it."""
    aws.s3.Bucket("bare")
    bucket = aws.s3.Bucket("shared", bucket="shared-with-all", tags={"Data.Class": "public", "a:b": "c d"})
    aws.s3.BucketPublicAccessBlock("shared", bucket=bucket.id, block_public_acls=False, block_public_policy=False)
    aws.s3.BucketVersioning("shared", bucket=bucket.id, versioning_configuration={"status": "Suspended"})
    aws.s3.BucketServerSideEncryptionConfiguration(
        "shared", bucket=bucket.id, rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}]
    )
    aws.s3.BucketLifecycleConfiguration(
        "shared", bucket=bucket.id, rules=[{"id": "old", "status": "Enabled", "expiration": {"days": 30}}]
    )
    aws.s3.BucketAcl("shared", bucket=bucket.id, acl="public-read-write")
    aws.s3.BucketOwnershipControls("shared", bucket=bucket.id, rule={"object_ownership": "ObjectWriter"})
    aws.s3.BucketReplicationConfig(
        "shared",
        bucket=bucket.id,
        role="arn:aws:iam::123456789012:role/copy",
        rules=[{"id": "none", "status": "Disabled", "destination": {"bucket": "arn:aws:s3:::copy"}}],
    )
    aws.s3.BucketPolicy("shared", bucket=bucket.id, policy=POLICY)
    locked = aws.s3.Bucket("locked", bucket="locked")
    aws.s3.BucketPolicy("locked", bucket=locked.bucket, policy=LOCKOUT)


BUCKET = ref("aws_s3_bucket.shared.id")
PLAN = plan(
    resource("aws_s3_bucket", "bare", {"force_destroy": False, "tags": None}),
    resource("aws_s3_bucket", "shared", {"bucket": "shared-with-all", "tags": {"Data.Class": "public", "a:b": "c d"}}),
    resource(
        "aws_s3_bucket_public_access_block",
        "shared",
        {"bucket": BUCKET, "block_public_acls": False, "block_public_policy": False},
    ),
    resource(
        "aws_s3_bucket_versioning", "shared", {"bucket": BUCKET, "versioning_configuration": [{"status": "Suspended"}]}
    ),
    resource(
        "aws_s3_bucket_server_side_encryption_configuration",
        "shared",
        {
            "bucket": BUCKET,
            "rule": [
                {"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256", "kms_master_key_id": ""}]}
            ],
        },
    ),
    resource(
        "aws_s3_bucket_lifecycle_configuration",
        "shared",
        {
            "bucket": BUCKET,
            "rule": [
                {
                    "id": "old",
                    "status": "Enabled",
                    "expiration": [{"days": 30}],
                }
            ],
        },
    ),
    resource("aws_s3_bucket_acl", "shared", {"bucket": BUCKET, "acl": "public-read-write"}),
    resource(
        "aws_s3_bucket_ownership_controls", "shared", {"bucket": BUCKET, "rule": [{"object_ownership": "ObjectWriter"}]}
    ),
    resource(
        "aws_s3_bucket_replication_configuration",
        "shared",
        {
            "bucket": BUCKET,
            "role": "arn:aws:iam::123456789012:role/copy",
            "rule": [{"id": "none", "status": "Disabled", "destination": [{"bucket": "arn:aws:s3:::copy"}]}],
        },
    ),
    resource("aws_s3_bucket_policy", "shared", {"bucket": BUCKET, "policy": POLICY}),
    resource("aws_s3_bucket", "locked", {"bucket": "locked"}),
    resource(
        "aws_s3_bucket_policy", "locked", {"bucket": known("locked", "aws_s3_bucket.locked.bucket"), "policy": LOCKOUT}
    ),
)
