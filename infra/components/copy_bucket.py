"""The second copy of all backups, with another vendor: on S3, versioned, encrypted, logged, replicated in prod."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
from pulumi_aws import iam, s3

from infra import naming
from infra.components import bucket_policy
from infra.components.base import ArgumentError, Component, ComponentArgs, Suppress
from infra.components.private_bucket import PrivateBucket, PrivateBucketArgs
from infra.components.retention import TIERS, Tier
from infra.naming import DataClass, Tags

if TYPE_CHECKING:
    from pulumi_aws import kms

#: Access logs are an audit log: kept for one year (`docs/requirements.md` OB-27).
LOGS = Tier("access/", keep=365, every=24)

# What the gate finds here and is in order; looked at again on that day.
_EXPIRES = dt.date(2027, 6, 30)
_NO_EVENTS = ("CKV2_AWS_62", "nothing acts on a single object: the hourly proof looks for the newest point itself")
_KEY_POLICY = (
    "CKV2_AWS_64",
    "the policy that KMS gives a key leaves it to the account's IAM, and so would one of ours",
)
_ONE_REGION = ("CKV_AWS_144", "replicated in prod alone: the first copy is with another vendor already")
_LOGS_STAY = ("CKV_AWS_144", "access logs are a record, not data: they stay in the region of the bucket they tell of")
_S3_KEYS = ("CKV_AWS_145", "S3 delivers access logs only into buckets that it encrypts with its own keys")


@dataclass(frozen=True, kw_only=True)
class CopyBucketArgs(ComponentArgs):
    """What the second copy is made of.

    Attributes:
        stack: part of every name.
        suffix: the fork's own ending of bucket names.
        region: AWS region of the copy.
        replica_region: AWS region that it is replicated to; None: not replicated.
        tags: its tags.
        locked: nobody can delete a version for as long as deleted ones are kept.
        protect: refuse to delete buckets and keys (on in prod).

    Raises:
        ArgumentError: the replica's region is the copy's own.
    """

    stack: str
    suffix: str
    region: str
    replica_region: str | None
    tags: Tags
    locked: bool = False
    protect: bool = True

    def __post_init__(self) -> None:
        if self.replica_region == self.region:
            raise ArgumentError("replica_region", self.replica_region, f"another region than {self.region}")


class CopyBucket(Component):
    """The second copy.

    Makes: the bucket, a bucket for its access logs, a policy for who writes copies, and, where a replica's region is
    given, the same two there with the role that replicates. Other places read ``bucket`` and ``writer_policy_arn``.
    """

    bucket: str
    writer_policy_arn: pulumi.Output[str]

    def __init__(self, name: str, args: CopyBucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("copy_bucket:CopyBucket", name, args, opts)
        self._args = args
        copy = self._private("copy", args.region)
        self.bucket = copy.bucket
        self._log(copy, "logs", args.region)
        self.writer_policy_arn = self._writer(copy).arn
        if args.replica_region:
            replica = self._private("replica", args.replica_region)
            self._log(replica, "replica-logs", args.replica_region)
            self._replicate(copy, replica)
        self.register_outputs({"bucket": self.bucket, "writerPolicyArn": self.writer_policy_arn})

    def _private(self, part: str, region: str) -> PrivateBucket:
        """A bucket for backups: versioned, with a key of its own in its own region."""
        args = self._args
        return PrivateBucket(
            f"{self.name}-{part}",
            PrivateBucketArgs(
                name=naming.bucket(args.stack, f"backups-{part}", args.suffix),
                region=region,
                tags=args.tags,
                tiers=TIERS,
                key_alias=naming.cloud(args.stack, f"backups-{part}"),
                versioned=True,
                locked=args.locked,
                protect=args.protect,
                suppress=self._excused(_NO_EVENTS, _KEY_POLICY, *([] if args.replica_region else [_ONE_REGION])),
            ),
            opts=self.child(),
        )

    def _log(self, of: PrivateBucket, part: str, region: str) -> None:
        """Who read or wrote a bucket, into one of its own; that one is not logged, or it would log itself.

        S3 delivers within a region only, so the replica has one too.
        """
        args = self._args
        log_bucket = naming.bucket(args.stack, f"backups-{part}", args.suffix)
        logs = PrivateBucket(
            f"{self.name}-{part}",
            PrivateBucketArgs(
                name=log_bucket,
                region=region,
                tags=args.tags.of(data_class=DataClass.INTERNAL),
                tiers=(LOGS,),
                key_alias=None,
                versioned=True,
                statements=(bucket_policy.log_delivery(log_bucket, of.bucket),),
                protect=args.protect,
                suppress=self._excused(_NO_EVENTS, _S3_KEYS, _LOGS_STAY),
            ),
            opts=self.child(),
        )
        s3.BucketLogging(
            f"{of.name}-logging",
            bucket=of.made.bucket,
            region=region,
            target_bucket=logs.made.bucket,
            target_prefix=LOGS.prefix,
            # The policy that lets the logs in must be there first.
            opts=self.child(depends_on=[logs]),
        )

    def _excused(self, *excuses: tuple[str, str]) -> tuple[Suppress, ...]:
        """What the gate finds in a bucket of backups and is in order: id and reason of each."""
        owner = self._args.tags.owner
        return tuple(Suppress(id=one, reason=why, owner=owner, expires=_EXPIRES) for one, why in excuses)

    def _writer(self, copy: PrivateBucket) -> iam.Policy:
        """What the identity behind the job's key pair may do; attach it to that user and nothing else."""
        args = self._args
        return iam.Policy(
            f"{self.name}-writer",
            name=naming.cloud(args.stack, "backups-writer"),
            description="Write and read back the second copy of backups; delete nothing",
            policy=_key(copy).arn.apply(lambda key: bucket_policy.writer(copy.bucket, key)),
            tags=args.tags.flat(),
            opts=self.child(),
        )

    def _replicate(self, copy: PrivateBucket, replica: PrivateBucket) -> None:
        """Every new object goes to the other region; deletions do not."""
        args = self._args
        role = iam.Role(
            f"{self.name}-replication-role",
            name=naming.cloud(args.stack, "backups-replication"),
            description="S3 replicates the second copy of backups to another region",
            assume_role_policy=bucket_policy.assumed_by("s3.amazonaws.com"),
            tags=args.tags.flat(),
            opts=self.child(),
        )
        rights = iam.RolePolicy(
            f"{self.name}-replication-rights",
            name="replicate",
            role=role.name,
            policy=pulumi.Output.all(_key(copy).arn, _key(replica).arn).apply(
                lambda keys: bucket_policy.replication(copy.bucket, replica.bucket, *keys)
            ),
            opts=self.child(),
        )
        s3.BucketReplicationConfig(
            f"{self.name}-replication",
            bucket=copy.made.bucket,
            region=args.region,
            role=role.arn,
            rules=[_replication_rule(replica)],
            # Replication needs versions on both sides, and the rights before the first object.
            opts=self.child(depends_on=[copy.versioning, replica.versioning, rights]),
        )


def _replication_rule(replica: PrivateBucket) -> s3.BucketReplicationConfigRuleArgs:
    return s3.BucketReplicationConfigRuleArgs(
        id="all",
        priority=0,
        status="Enabled",
        filter=s3.BucketReplicationConfigRuleFilterArgs(prefix=""),
        delete_marker_replication=s3.BucketReplicationConfigRuleDeleteMarkerReplicationArgs(status="Disabled"),
        source_selection_criteria=s3.BucketReplicationConfigRuleSourceSelectionCriteriaArgs(
            sse_kms_encrypted_objects=(
                s3.BucketReplicationConfigRuleSourceSelectionCriteriaSseKmsEncryptedObjectsArgs(status="Enabled")
            )
        ),
        destination=s3.BucketReplicationConfigRuleDestinationArgs(
            bucket=replica.made.arn,
            storage_class="STANDARD_IA",
            encryption_configuration=s3.BucketReplicationConfigRuleDestinationEncryptionConfigurationArgs(
                replica_kms_key_id=_key(replica).arn
            ),
        ),
    )


def _key(bucket: PrivateBucket) -> kms.Key:
    """The bucket's own key; those made here have one each."""
    if bucket.key is None:
        raise ArgumentError("key_alias", None, "given, for a bucket that holds backups")
    return bucket.key
