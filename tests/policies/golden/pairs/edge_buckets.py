"""Buckets at Cloudflare: with an end for what lies in them, and without; shown to the world, and not."""

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
    bare = cloudflare.R2Bucket("bare", account_id=account, name="bare")
    cloudflare.R2ManagedDomain("off", account_id=account, bucket_name=bucket.name, enabled=False)
    cloudflare.R2ManagedDomain("on", account_id=account, bucket_name=bare.name, enabled=True)
    cloudflare.R2CustomDomain(
        "shown",
        account_id=account,
        bucket_name=bare.name,
        domain="files.example.com",
        enabled=True,
        zone_id="fedcba9876543210fedcba9876543210",
    )


ACCOUNT = "0123456789abcdef0123456789abcdef"
BUCKET = known("backups", "cloudflare_r2_bucket.backups.name")
BARE = known("bare", "cloudflare_r2_bucket.bare.name")
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
    resource("cloudflare_r2_managed_domain", "off", {"account_id": ACCOUNT, "bucket_name": BUCKET, "enabled": False}),
    resource("cloudflare_r2_managed_domain", "on", {"account_id": ACCOUNT, "bucket_name": BARE, "enabled": True}),
    resource(
        "cloudflare_r2_custom_domain",
        "shown",
        {
            "account_id": ACCOUNT,
            "bucket_name": BARE,
            "domain": "files.example.com",
            "enabled": True,
            "zone_id": "fedcba9876543210fedcba9876543210",
        },
    ),
)
