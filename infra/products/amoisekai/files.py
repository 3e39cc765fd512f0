"""The story game's own bucket, and the engine's key to it.

Importing this file costs more than a second (the Cloudflare SDK).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra import naming
from infra.components.app_bucket import AppBucket, AppBucketArgs
from infra.components.bucket_token import Access, BucketToken, BucketTokenArgs
from infra.products.amoisekai.facts import NAME

if TYPE_CHECKING:
    import pulumi

    from infra.settings import Settings

#: Days after which a story that was exported for its reader goes: it can be exported again.
_EXPORTS_DAYS = 7


@dataclass(frozen=True)
class Files:
    """Where the engine keeps files: the bucket, and a key pair that opens it alone."""

    bucket: pulumi.Output[str]
    access_key_id: pulumi.Output[str]
    secret_access_key: pulumi.Output[str]


def declare(settings: Settings) -> Files:
    """Declare the bucket, which the site's own pages may read from, and the key."""
    config = settings.config
    made = AppBucket(
        f"{NAME}-files",
        AppBucketArgs(
            account_id=config.cloudflare_account_id,
            name=naming.bucket(settings.stack, f"{NAME}-files"),
            location=config.object_store_location,
            origins=[f"https://{host}" for host in config.amoisekai.domains.web],
            expiring={"exports/": _EXPORTS_DAYS},
            protect=settings.protect,
        ),
    )
    key = BucketToken(
        f"{NAME}-files-key",
        BucketTokenArgs(
            account_id=config.cloudflare_account_id,
            label=naming.cloud(settings.stack, f"{NAME}-files"),
            bucket=made.bucket,
            access=Access.WRITE,
            expires=config.amoisekai.files.key_expires,
        ),
    )
    return Files(made.bucket, key.access_key_id, key.secret_access_key)
