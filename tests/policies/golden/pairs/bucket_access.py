"""Who may reach a bucket: access lists, grants, access points, objects."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("objects", enable_key_rotation=True)
    private = aws.s3.Bucket("private")
    granted = aws.s3.Bucket("granted")
    aws.s3.BucketAcl("private", bucket=private.id, acl="private")
    aws.s3.BucketAcl(
        "granted",
        bucket=granted.id,
        access_control_policy={
            "owner": {"id": "0123456789abcdef"},
            "grants": [
                {
                    "grantee": {"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers"},
                    "permission": "WRITE",
                },
                {"grantee": {"type": "CanonicalUser", "id": "0123456789abcdef"}, "permission": "READ"},
            ],
        },
    )
    aws.s3.BucketAcl(
        "members",
        bucket="bucket-of-another",
        access_control_policy={
            "owner": {"id": "0123456789abcdef"},
            "grants": [
                {
                    "grantee": {"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"},
                    "permission": "FULL_CONTROL",
                }
            ],
        },
    )
    shut = {
        "block_public_acls": True,
        "block_public_policy": True,
        "ignore_public_acls": True,
        "restrict_public_buckets": True,
    }
    aws.s3.AccessPoint(
        "shut",
        bucket=private.id,
        public_access_block_configuration=aws.s3.AccessPointPublicAccessBlockConfigurationArgs(**shut),
    )
    aws.s3.AccessPoint("open", bucket=granted.id, public_access_block_configuration={"block_public_acls": False})
    aws.s3.BucketObject("sealed", bucket=private.id, key="a/b.txt", content="text", kms_key_id=key.arn)
    aws.s3.BucketObject("plain", bucket=private.id, key="b.txt", content="text")
    aws.s3.ObjectCopy("sealed", bucket=private.id, key="c", source="other/c", kms_key_id=key.arn)
    aws.s3.ObjectCopy("plain", bucket=private.id, key="c", source="other/c")


PRIVATE, GRANTED, KEY = ref("aws_s3_bucket.private.id"), ref("aws_s3_bucket.granted.id"), ref("aws_kms_key.objects.arn")
PLAN = plan(
    resource("aws_kms_key", "objects", {"enable_key_rotation": True}),
    resource("aws_s3_bucket", "private"),
    resource("aws_s3_bucket", "granted"),
    resource("aws_s3_bucket_acl", "private", {"bucket": PRIVATE, "acl": "private"}),
    resource(
        "aws_s3_bucket_acl",
        "granted",
        {
            "bucket": GRANTED,
            "acl": None,
            "access_control_policy": [
                {
                    "owner": [{"id": "0123456789abcdef"}],
                    "grant": [
                        {
                            "grantee": [{"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AllUsers"}],
                            "permission": "WRITE",
                        },
                        {"grantee": [{"type": "CanonicalUser", "id": "0123456789abcdef"}], "permission": "READ"},
                    ],
                }
            ],
        },
    ),
    resource(
        "aws_s3_bucket_acl",
        "members",
        {
            "bucket": "bucket-of-another",
            "access_control_policy": [
                {
                    "owner": [{"id": "0123456789abcdef"}],
                    "grant": [
                        {
                            "grantee": [
                                {"type": "Group", "uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}
                            ],
                            "permission": "FULL_CONTROL",
                        }
                    ],
                }
            ],
        },
    ),
    resource(
        "aws_s3_access_point",
        "shut",
        {
            "bucket": PRIVATE,
            "public_access_block_configuration": [
                {
                    "block_public_acls": True,
                    "block_public_policy": True,
                    "ignore_public_acls": True,
                    "restrict_public_buckets": True,
                }
            ],
        },
    ),
    resource(
        "aws_s3_access_point",
        "open",
        {"bucket": GRANTED, "public_access_block_configuration": [{"block_public_acls": False}]},
    ),
    resource(
        "aws_s3_bucket_object", "sealed", {"bucket": PRIVATE, "key": "a/b.txt", "content": "text", "kms_key_id": KEY}
    ),
    resource("aws_s3_bucket_object", "plain", {"bucket": PRIVATE, "key": "b.txt", "content": "text"}),
    resource("aws_s3_object_copy", "sealed", {"bucket": PRIVATE, "key": "c", "source": "other/c", "kms_key_id": KEY}),
    resource("aws_s3_object_copy", "plain", {"bucket": PRIVATE, "key": "c", "source": "other/c"}),
)
