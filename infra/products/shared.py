"""What products share: the two places that all backups go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra import naming
from infra.components.backup import Store
from infra.naming import DataClass, Tags

if TYPE_CHECKING:
    import pulumi

    from infra.settings import Settings


@dataclass(frozen=True)
class Shared:
    """What every product is handed.

    Attributes:
        store: where backups go first: R2.
        copy: where they go second: S3.
        writer_policy_arn: IAM policy for the identity that writes the second copy.
    """

    store: Store
    copy: Store
    writer_policy_arn: pulumi.Output[str]


def declare(settings: Settings) -> Shared:
    """Declare both buckets: three copies, two vendors, one of them in another place (BK-30)."""
    # Both SDKs are slow to import: only a program that declares such resources pays for them.
    from infra.components.copy_bucket import CopyBucket, CopyBucketArgs  # noqa: PLC0415 - as said above
    from infra.components.r2_bucket import R2Bucket, R2BucketArgs  # noqa: PLC0415 - as said above

    config = settings.config
    tags = Tags(
        stack=settings.stack,
        product="shared",
        owner=config.owner,
        cost_centre=config.cost_centre,
        component="backup",
        data_class=DataClass.PERSONAL,
    )
    primary = R2Bucket(
        "backups",
        R2BucketArgs(
            account_id=config.cloudflare_account_id,
            name=naming.bucket(settings.stack, "backups"),
            location=config.object_store_location,
            locked=settings.locked,
            protect=settings.protect,
        ),
    )
    copy = CopyBucket(
        "backups-second",
        CopyBucketArgs(
            stack=settings.stack,
            suffix=config.bucket_suffix,
            region=config.aws_region,
            replica_region=config.copy_replica_region if config.replicate_copies else None,
            tags=tags,
            locked=settings.locked,
            protect=settings.protect,
        ),
    )
    return Shared(
        store=Store(
            primary.bucket, config.object_store_endpoint, config.object_store_region, settings.object_store, primary
        ),
        copy=Store(copy.bucket, config.copy_store_endpoint, config.aws_region, settings.copy_store, copy),
        writer_policy_arn=copy.writer_policy_arn,
    )
