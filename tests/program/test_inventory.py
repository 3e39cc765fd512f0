"""What each stack declares: the whole list, so that nothing appears or vanishes unseen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.program.conftest import Program

COMMON = """
aws:iam/policy:Policy backups-second-writer
aws:kms/alias:Alias backups-second-copy-alias
aws:kms/key:Key backups-second-copy-key
aws:s3/bucket:Bucket backups-second-copy-bucket
aws:s3/bucket:Bucket backups-second-logs-bucket
aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration backups-second-copy-lifecycle
aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration backups-second-logs-lifecycle
aws:s3/bucketLogging:BucketLogging backups-second-copy-logging
aws:s3/bucketOwnershipControls:BucketOwnershipControls backups-second-copy-ownership
aws:s3/bucketOwnershipControls:BucketOwnershipControls backups-second-logs-ownership
aws:s3/bucketPolicy:BucketPolicy backups-second-copy-policy
aws:s3/bucketPolicy:BucketPolicy backups-second-logs-policy
aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock backups-second-copy-public-access
aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock backups-second-logs-public-access
aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration backups-second-copy-encryption
aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration backups-second-logs-encryption
aws:s3/bucketVersioning:BucketVersioning backups-second-copy-versioning
aws:s3/bucketVersioning:BucketVersioning backups-second-logs-versioning
cloudflare:index/r2Bucket:R2Bucket backups-bucket
cloudflare:index/r2BucketLifecycle:R2BucketLifecycle backups-lifecycle
kubernetes:batch/v1:CronJob amoisekai-backup-daily-cronjob
kubernetes:batch/v1:CronJob amoisekai-backup-hourly-cronjob
kubernetes:batch/v1:CronJob amoisekai-backup-proof-cronjob
kubernetes:core/v1:LimitRange amoisekai-limits
kubernetes:core/v1:Namespace amoisekai-namespace
kubernetes:core/v1:PersistentVolumeClaim amoisekai-backup-claim
kubernetes:core/v1:ResourceQuota amoisekai-quota
kubernetes:core/v1:Secret amoisekai-backup-credentials-secret
kubernetes:core/v1:ServiceAccount amoisekai-account-backup
kubernetes:networking.k8s.io/v1:NetworkPolicy amoisekai-allow-dns
kubernetes:networking.k8s.io/v1:NetworkPolicy amoisekai-allow-object-stores
kubernetes:networking.k8s.io/v1:NetworkPolicy amoisekai-default-deny
"""

IN_PROD_ALONE = """
aws:iam/role:Role backups-second-replication-role
aws:iam/rolePolicy:RolePolicy backups-second-replication-rights
aws:kms/alias:Alias backups-second-replica-alias
aws:kms/key:Key backups-second-replica-key
aws:s3/bucket:Bucket backups-second-replica-bucket
aws:s3/bucket:Bucket backups-second-replica-logs-bucket
aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration backups-second-replica-lifecycle
aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration backups-second-replica-logs-lifecycle
aws:s3/bucketLogging:BucketLogging backups-second-replica-logging
aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration backups-second-copy-lock
aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration backups-second-replica-lock
aws:s3/bucketOwnershipControls:BucketOwnershipControls backups-second-replica-ownership
aws:s3/bucketOwnershipControls:BucketOwnershipControls backups-second-replica-logs-ownership
aws:s3/bucketPolicy:BucketPolicy backups-second-replica-logs-policy
aws:s3/bucketPolicy:BucketPolicy backups-second-replica-policy
aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock backups-second-replica-logs-public-access
aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock backups-second-replica-public-access
aws:s3/bucketReplicationConfig:BucketReplicationConfig backups-second-replication
aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration backups-second-replica-encryption
aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration backups-second-replica-logs-encryption
aws:s3/bucketVersioning:BucketVersioning backups-second-replica-logs-versioning
aws:s3/bucketVersioning:BucketVersioning backups-second-replica-versioning
cloudflare:index/r2BucketLock:R2BucketLock backups-lock
"""  # noqa: E501 - one resource, one line


@pytest.mark.parametrize(
    ("stack", "expected"), [("local", COMMON), ("staging", COMMON), ("prod", COMMON + IN_PROD_ALONE)]
)
def test_a_stack_declares_exactly_its_list(programs: dict[str, Program], stack: str, expected: str) -> None:
    """Local and staging declare the same; prod has the replica and the locks beside it, and nothing else."""
    declared = sorted(f"{one.token} {one.name}" for one in programs[stack].resources)

    assert sorted(filter(None, expected.splitlines())) == declared


@pytest.mark.parametrize("stack", ["local", "staging", "prod"])
def test_no_two_resources_share_a_name_of_the_program(programs: dict[str, Program], stack: str) -> None:
    """Every type and name is registered once: a second one would take the first one's place in the state."""
    counts = Counter((one.token, one.name) for one in programs[stack].declared)

    assert [] == [key for key, count in counts.items() if count > 1]


@pytest.mark.parametrize("stack", ["local", "staging", "prod"])
def test_no_two_objects_share_a_name_in_the_cluster(programs: dict[str, Program], stack: str) -> None:
    """Every kind, namespace and name in the cluster is declared once."""
    metadata = [(one.token, one.inputs["metadata"]) for one in programs[stack].resources if "kubernetes" in one.token]
    counts = Counter((token, meta.get("namespace"), meta["name"]) for token, meta in metadata)

    assert [] == [key for key, count in counts.items() if count > 1]


@pytest.mark.parametrize("stack", ["local", "staging", "prod"])
def test_no_two_buckets_share_a_name(programs: dict[str, Program], stack: str) -> None:
    """R2 and S3 buckets have different names too: locally one server holds them all."""
    buckets = programs[stack].of("aws:s3/bucket:Bucket") + programs[stack].of("cloudflare:index/r2Bucket:R2Bucket")
    names = [one.inputs.get("bucket") or one.inputs["name"] for one in buckets]

    assert len(names) == len(set(names))


def test_exports_name_what_was_declared(local: Program) -> None:
    """The export that `gw` reads gives the names of the claim, the database and the three CronJobs."""
    assert [
        {
            "product": "amoisekai",
            "namespace": "amoisekai-local",
            "claim": "amoisekai-data",
            "database": "/data/amoisekai.db",
            "hourly": "backup-hourly",
            "daily": "backup-daily",
            "proof": "backup-proof",
        }
    ] == local.exports.backups


def test_exported_jobs_exist(prod: Program) -> None:
    """Each CronJob that an export names is one that the program declared, in that namespace."""
    declared = {
        (one.inputs["metadata"]["namespace"], one.inputs["metadata"]["name"])
        for one in prod.of("kubernetes:batch/v1:CronJob")
    }
    exported = {
        (backup["namespace"], job)
        for backup in prod.exports.backups
        for job in (backup["hourly"], backup["daily"], backup["proof"])
    }

    assert exported == declared
