"""Buckets at Cloudflare: with an end for what lies in them, and without."""

from __future__ import annotations

import pulumi_cloudflare as cloudflare

from tests.policies.golden.terraform import known, plan, resource


def program() -> None:
    """As a Pulumi program has it."""
    account = "0123456789abcdef0123456789abcdef"
    bucket = cloudflare.R2Bucket("backups", account_id=account, name="backups", location="weur")
    cloudflare.R2BucketLifecycle(
        "backups",
        account_id=account,
        bucket_name=bucket.name,
        rules=[
            {
                "id": "hourly",
                "enabled": True,
                "conditions": {"prefix": "hourly/"},
                "delete_objects_transition": {"condition": {"type": "Age", "max_age": 172800}},
            }
        ],
    )
    cloudflare.R2BucketLock(
        "backups",
        account_id=account,
        bucket_name=bucket.name,
        rules=[
            {"id": "daily", "enabled": True, "prefix": "daily/", "condition": {"type": "Age", "max_age_seconds": 86400}}
        ],
    )
    cloudflare.R2Bucket("bare", account_id=account, name="bare")


ACCOUNT = "0123456789abcdef0123456789abcdef"
BUCKET = known("backups", "cloudflare_r2_bucket.backups.name")
PLAN = plan(
    resource("cloudflare_r2_bucket", "backups", {"account_id": ACCOUNT, "name": "backups", "location": "weur"}),
    resource(
        "cloudflare_r2_bucket_lifecycle",
        "backups",
        {
            "account_id": ACCOUNT,
            "bucket_name": BUCKET,
            "rules": [
                {
                    "id": "hourly",
                    "enabled": True,
                    "conditions": {"prefix": "hourly/"},
                    "delete_objects_transition": {"condition": {"type": "Age", "max_age": 172800}},
                }
            ],
        },
    ),
    resource(
        "cloudflare_r2_bucket_lock",
        "backups",
        {
            "account_id": ACCOUNT,
            "bucket_name": BUCKET,
            "rules": [
                {
                    "id": "daily",
                    "enabled": True,
                    "prefix": "daily/",
                    "condition": {"type": "Age", "max_age_seconds": 86400},
                }
            ],
        },
    ),
    resource("cloudflare_r2_bucket", "bare", {"account_id": ACCOUNT, "name": "bare"}),
)
