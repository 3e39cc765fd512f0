"""What reads a lake of data: catalogues, crawlers, jobs, queries."""

from __future__ import annotations

import pulumi_aws as aws

from tests.policies.golden.terraform import known, plan, ref, resource


def program() -> None:
    """As a Pulumi program has it."""
    key = aws.kms.Key("lake", enable_key_rotation=True)
    sealed = aws.glue.SecurityConfiguration(
        "good",
        name="good",
        encryption_configuration={
            "cloudwatch_encryption": {"cloudwatch_encryption_mode": "SSE-KMS", "kms_key_arn": key.arn},
            "job_bookmarks_encryption": {"job_bookmarks_encryption_mode": "CSE-KMS", "kms_key_arn": key.arn},
            "s3_encryption": {"s3_encryption_mode": "SSE-KMS", "kms_key_arn": key.arn},
        },
    )
    aws.glue.SecurityConfiguration(
        "bad",
        name="bad",
        encryption_configuration={
            "cloudwatch_encryption": {"cloudwatch_encryption_mode": "DISABLED"},
            "job_bookmarks_encryption": {"job_bookmarks_encryption_mode": "DISABLED"},
            "s3_encryption": {"s3_encryption_mode": "DISABLED"},
        },
    )
    aws.glue.DataCatalogEncryptionSettings(
        "good",
        data_catalog_encryption_settings={
            "connection_password_encryption": {"return_connection_password_encrypted": True, "aws_kms_key_id": key.arn},
            "encryption_at_rest": {"catalog_encryption_mode": "SSE-KMS", "sse_aws_kms_key_id": key.arn},
        },
    )
    aws.glue.DataCatalogEncryptionSettings(
        "bad",
        data_catalog_encryption_settings={
            "connection_password_encryption": {"return_connection_password_encrypted": False},
            "encryption_at_rest": {"catalog_encryption_mode": "DISABLED"},
        },
    )
    aws.glue.Crawler("good", role="role", database_name="lake", security_configuration=sealed.name)
    aws.glue.Crawler("bad", role="role", database_name="lake")
    aws.athena.Workgroup(
        "good",
        name="good",
        configuration={
            "enforce_workgroup_configuration": True,
            "result_configuration": {
                "output_location": "s3://results/",
                "encryption_configuration": {"encryption_option": "SSE_KMS", "kms_key_arn": key.arn},
            },
        },
    )
    aws.athena.Workgroup("bad", name="bad", configuration={"enforce_workgroup_configuration": False})
    aws.athena.Database("good", name="good", bucket="results", encryption_configuration={"encryption_option": "SSE_S3"})
    aws.athena.Database("bad", name="bad", bucket="results")


KEY = ref("aws_kms_key.lake.arn")
PLAN = plan(
    resource("aws_kms_key", "lake", {"enable_key_rotation": True}),
    resource(
        "aws_glue_security_configuration",
        "good",
        {
            "name": "good",
            "encryption_configuration": [
                {
                    "cloudwatch_encryption": [{"cloudwatch_encryption_mode": "SSE-KMS", "kms_key_arn": KEY}],
                    "job_bookmarks_encryption": [{"job_bookmarks_encryption_mode": "CSE-KMS", "kms_key_arn": KEY}],
                    "s3_encryption": [{"s3_encryption_mode": "SSE-KMS", "kms_key_arn": KEY}],
                }
            ],
        },
    ),
    resource(
        "aws_glue_security_configuration",
        "bad",
        {
            "name": "bad",
            "encryption_configuration": [
                {
                    "cloudwatch_encryption": [{"cloudwatch_encryption_mode": "DISABLED"}],
                    "job_bookmarks_encryption": [{"job_bookmarks_encryption_mode": "DISABLED"}],
                    "s3_encryption": [{"s3_encryption_mode": "DISABLED"}],
                }
            ],
        },
    ),
    resource(
        "aws_glue_data_catalog_encryption_settings",
        "good",
        {
            "data_catalog_encryption_settings": [
                {
                    "connection_password_encryption": [
                        {"return_connection_password_encrypted": True, "aws_kms_key_id": KEY}
                    ],
                    "encryption_at_rest": [{"catalog_encryption_mode": "SSE-KMS", "sse_aws_kms_key_id": KEY}],
                }
            ]
        },
    ),
    resource(
        "aws_glue_data_catalog_encryption_settings",
        "bad",
        {
            "data_catalog_encryption_settings": [
                {
                    "connection_password_encryption": [{"return_connection_password_encrypted": False}],
                    "encryption_at_rest": [{"catalog_encryption_mode": "DISABLED"}],
                }
            ]
        },
    ),
    resource(
        "aws_glue_crawler",
        "good",
        {
            "role": "role",
            "database_name": "lake",
            "security_configuration": known("good", "aws_glue_security_configuration.good.name"),
        },
    ),
    resource("aws_glue_crawler", "bad", {"role": "role", "database_name": "lake"}),
    resource(
        "aws_athena_workgroup",
        "good",
        {
            "name": "good",
            "configuration": [
                {
                    "enforce_workgroup_configuration": True,
                    "result_configuration": [
                        {
                            "output_location": "s3://results/",
                            "encryption_configuration": [{"encryption_option": "SSE_KMS", "kms_key_arn": KEY}],
                        }
                    ],
                }
            ],
        },
    ),
    resource(
        "aws_athena_workgroup", "bad", {"name": "bad", "configuration": [{"enforce_workgroup_configuration": False}]}
    ),
    resource(
        "aws_athena_database",
        "good",
        {"name": "good", "bucket": "results", "encryption_configuration": [{"encryption_option": "SSE_S3"}]},
    ),
    resource("aws_athena_database", "bad", {"name": "bad", "bucket": "results"}),
)
