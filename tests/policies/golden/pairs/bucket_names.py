"""Names that Terraform does not know: with dots, with spaces, and the same name below two parents."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from tests.policies.golden.terraform import plan, ref, resource


class Shelf(pulumi.ComponentResource):
    """A bucket with its neighbour, both of the shelf's own plain names."""

    def __init__(self, name: str, *, closed: bool) -> None:
        super().__init__("golden:index:Shelf", name)
        below = pulumi.ResourceOptions(parent=self)
        bucket = aws.s3.Bucket("books", opts=below)
        if closed:
            aws.s3.BucketPublicAccessBlock(
                "books",
                bucket=bucket.id,
                block_public_acls=True,
                block_public_policy=True,
                ignore_public_acls=True,
                restrict_public_buckets=True,
                opts=pulumi.ResourceOptions(parent=bucket),
            )


class Box(pulumi.ComponentResource):
    """Another parent, of another type: so that the engine lets the same name be."""

    def __init__(self, name: str) -> None:
        super().__init__("golden:index:Box", name)
        aws.s3.Bucket("books", opts=pulumi.ResourceOptions(parent=self))


def program() -> None:
    """As a Pulumi program has it."""
    Shelf("closed", closed=True)
    Box("open")
    dotted = aws.s3.Bucket("cdn.example.com", bucket="cdn.example.com")
    aws.s3.BucketVersioning("cdn.example.com", bucket=dotted.id, versioning_configuration={"status": "Enabled"})
    spaced = aws.s3.Bucket("a bucket, with [marks]")
    aws.s3.BucketNotification("a bucket, with [marks]", bucket=spaced.id, eventbridge=True)
    number = aws.s3.Bucket("2026-archive")
    aws.s3.BucketLogging("2026-archive", bucket=number.id, target_bucket=dotted.id, target_prefix="log/")
    aws.s3.Bucket("книги")


PLAN = plan(
    resource("aws_s3_bucket", "books", program="closed/books"),
    resource(
        "aws_s3_bucket_public_access_block",
        "books",
        {
            "bucket": ref("aws_s3_bucket.books.id"),
            "block_public_acls": True,
            "block_public_policy": True,
            "ignore_public_acls": True,
            "restrict_public_buckets": True,
        },
        program="closed/books/books",
    ),
    resource("aws_s3_bucket", "more_books", program="open/books"),
    resource("aws_s3_bucket", "cdn", {"bucket": "cdn.example.com"}, program="cdn.example.com"),
    resource(
        "aws_s3_bucket_versioning",
        "cdn",
        {"bucket": ref("aws_s3_bucket.cdn.id"), "versioning_configuration": [{"status": "Enabled"}]},
        program="cdn.example.com",
    ),
    resource("aws_s3_bucket", "spaced", program="a bucket, with [marks]"),
    resource(
        "aws_s3_bucket_notification",
        "spaced",
        {"bucket": ref("aws_s3_bucket.spaced.id"), "eventbridge": True},
        program="a bucket, with [marks]",
    ),
    resource("aws_s3_bucket", "archive", program="2026-archive"),
    resource(
        "aws_s3_bucket_logging",
        "archive",
        {
            "bucket": ref("aws_s3_bucket.archive.id"),
            "target_bucket": ref("aws_s3_bucket.cdn.id"),
            "target_prefix": "log/",
        },
        program="2026-archive",
    ),
    resource("aws_s3_bucket", "cyrillic", program="книги"),
)
