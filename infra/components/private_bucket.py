"""An S3 bucket that nobody but its account can reach: encrypted, owned, TLS only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pulumi_aws import kms, s3

from infra.components import bucket_policy
from infra.components.base import ArgumentError, Component, ComponentArgs
from infra.components.retention import ABORT_UPLOAD_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pulumi

    from infra.components.bucket_policy import Statement
    from infra.components.retention import Tier
    from infra.naming import Tags

# The longest that KMS allows: time to notice that a key was deleted by mistake, since all data goes with it.
_KEY_DELETION_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class PrivateBucketArgs(ComponentArgs):
    """What a private bucket is made of.

    Attributes:
        name: world-wide unique name.
        region: AWS region.
        tags: its tags.
        tiers: how long objects live, by prefix.
        key_alias: alias of a KMS key of its own, without ``alias/``; None: S3's own keys (AES256), the only
            encryption that the delivery of access logs takes.
        versioned: keep what is overwritten or deleted.
        keep_deleted_days: days that a deleted or overwritten version stays, when versioned.
        locked: each version stays `keep_deleted_days` from its writing, whoever wants it deleted. By the governance
            mode: a person with `s3:BypassGovernanceRetention` can still erase what the law says must go.
        statements: policy statements beside the one that demands TLS.
        protect: refuse to delete the bucket and its key (on in prod).

    Raises:
        ArgumentError: no tier, ``keep_deleted_days`` below 1, or a lock without versions.
    """

    name: str
    region: str
    tags: Tags
    tiers: Sequence[Tier]
    key_alias: str | None
    versioned: bool
    keep_deleted_days: int = 30
    locked: bool = False
    statements: Sequence[Statement] = ()
    protect: bool = True

    def __post_init__(self) -> None:
        if not self.tiers:
            raise ArgumentError("tiers", self.tiers, "at least one tier")
        if self.keep_deleted_days < 1:
            raise ArgumentError("keep_deleted_days", self.keep_deleted_days, "at least 1 day")
        if self.locked and not self.versioned:
            raise ArgumentError("locked", self.locked, "off where versioned is: S3 locks versions")


class PrivateBucket(Component):
    """A private S3 bucket.

    Makes: the bucket, its public access block, ownership controls, encryption (with a key and an alias), versioning,
    lifecycle, policy, lock. Other places read ``bucket`` (its name), ``made``, ``versioning`` and ``key``.
    """

    bucket: str
    made: s3.Bucket
    versioning: s3.BucketVersioning
    key: kms.Key | None

    def __init__(self, name: str, args: PrivateBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("private_bucket:PrivateBucket", name, args, opts)
        self.bucket = args.name
        self._args = args
        self.key = self._make_key(args.key_alias) if args.key_alias else None
        self.made = s3.Bucket(
            f"{name}-bucket",
            bucket=args.name,
            region=args.region,
            force_destroy=False,
            object_lock_enabled=args.locked or None,
            tags=args.tags.flat(),
            opts=self.child(protect=args.protect or None),
        )
        block = self._close()
        self.versioning = s3.BucketVersioning(
            f"{name}-versioning",
            bucket=self.made.bucket,
            region=args.region,
            versioning_configuration={"status": "Enabled" if args.versioned else "Suspended"},
            opts=self.child(),
        )
        if args.locked:
            self._lock()
        s3.BucketServerSideEncryptionConfiguration(
            f"{name}-encryption",
            bucket=self.made.bucket,
            region=args.region,
            rules=[self._encryption()],
            opts=self.child(),
        )
        s3.BucketLifecycleConfiguration(
            f"{name}-lifecycle",
            bucket=self.made.bucket,
            region=args.region,
            rules=lifecycle_rules(args.tiers, args.keep_deleted_days if args.versioned else None),
            # Rules on old versions need versioning to be there (AWS provider documentation).
            opts=self.child(depends_on=[self.versioning]),
        )
        s3.BucketPolicy(
            f"{name}-policy",
            bucket=self.made.bucket,
            region=args.region,
            policy=bucket_policy.document(bucket_policy.tls_only(args.name), *args.statements),
            # S3 refuses two changes of a bucket's access at once.
            opts=self.child(depends_on=[block]),
        )
        self.register_outputs({"bucket": self.bucket})

    def _make_key(self, alias: str) -> kms.Key:
        """A KMS key of the bucket's own, turned over each year, named by an alias."""
        args = self._args
        key = kms.Key(
            f"{self.name}-key",
            description=f"Encrypts {args.name}",
            region=args.region,
            enable_key_rotation=True,
            deletion_window_in_days=_KEY_DELETION_DAYS,
            tags=args.tags.flat(),
            opts=self.child(protect=args.protect or None),
        )
        kms.Alias(
            f"{self.name}-alias",
            name=f"alias/{alias}",
            region=args.region,
            target_key_id=key.key_id,
            opts=self.child(),
        )
        return key

    def _close(self) -> s3.BucketPublicAccessBlock:
        """No public list, no public policy, no list of access at all."""
        s3.BucketOwnershipControls(
            f"{self.name}-ownership",
            bucket=self.made.bucket,
            region=self._args.region,
            rule={"object_ownership": "BucketOwnerEnforced"},
            opts=self.child(),
        )
        return s3.BucketPublicAccessBlock(
            f"{self.name}-public-access",
            bucket=self.made.bucket,
            region=self._args.region,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=self.child(),
        )

    def _lock(self) -> None:
        """What the lifecycle would not delete, nobody can: a version lives longer than its lock."""
        s3.BucketObjectLockConfiguration(
            f"{self.name}-lock",
            bucket=self.made.bucket,
            region=self._args.region,
            rule=s3.BucketObjectLockConfigurationRuleArgs(
                default_retention=s3.BucketObjectLockConfigurationRuleDefaultRetentionArgs(
                    mode="GOVERNANCE", days=self._args.keep_deleted_days
                )
            ),
            # S3 locks only where versions are kept.
            opts=self.child(depends_on=[self.versioning]),
        )

    def _encryption(self) -> s3.BucketServerSideEncryptionConfigurationRuleArgs:
        default = s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
            sse_algorithm="aws:kms" if self.key else "AES256",
            kms_master_key_id=self.key.arn if self.key else None,
        )
        # A bucket key asks KMS once in a while, not once per object: the same secrecy for a hundredth of the calls.
        return s3.BucketServerSideEncryptionConfigurationRuleArgs(
            apply_server_side_encryption_by_default=default, bucket_key_enabled=bool(self.key)
        )


def lifecycle_rules(
    tiers: Sequence[Tier], keep_deleted_days: int | None
) -> list[s3.BucketLifecycleConfigurationRuleArgs]:
    """One rule per tier, by prefix so that an unchanged bucket shows no diff; then one for unfinished uploads."""
    rules = [
        s3.BucketLifecycleConfigurationRuleArgs(
            id=f"expire-{tier.prefix.rstrip('/')}",
            status="Enabled",
            filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=tier.prefix),
            expiration=s3.BucketLifecycleConfigurationRuleExpirationArgs(days=tier.expire_days),
            noncurrent_version_expiration=(
                s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(noncurrent_days=keep_deleted_days)
                if keep_deleted_days
                else None
            ),
        )
        for tier in sorted(tiers, key=lambda tier: tier.prefix)
    ]
    unfinished = s3.BucketLifecycleConfigurationRuleArgs(
        id="abort-unfinished-uploads",
        status="Enabled",
        filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=""),
        abort_incomplete_multipart_upload=s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
            days_after_initiation=ABORT_UPLOAD_DAYS
        ),
    )
    return [*rules, unfinished]
