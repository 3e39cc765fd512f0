"""What each stack declares: the whole list, so that nothing appears or vanishes unseen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.program.conftest import Program

COMMON = """
cloudflare:index/accountToken:AccountToken amoisekai-files-key-token
cloudflare:index/dnsRecord:DnsRecord amoisekai-dns-api
cloudflare:index/dnsRecord:DnsRecord amoisekai-dns-api-verify
cloudflare:index/r2Bucket:R2Bucket amoisekai-files-bucket
cloudflare:index/r2BucketCors:R2BucketCors amoisekai-files-cors
cloudflare:index/r2BucketLifecycle:R2BucketLifecycle amoisekai-files-lifecycle
cloudflare:index/r2ManagedDomain:R2ManagedDomain amoisekai-files-managed-domain
railway:index:CustomDomain amoisekai-engine-domain
railway:index:Deployment amoisekai-engine-deployment
railway:index:Deployment amoisekai-keeper-deployment
railway:index:ServiceDomain amoisekai-engine-railway-domain
railway:index:ServiceInstance amoisekai-engine-settings
railway:index:ServiceInstance amoisekai-keeper-settings
railway:index:VariableCollection amoisekai-engine-variables
railway:index:VariableCollection amoisekai-keeper-variables
railway:index:VariableCollection amoisekai-shared-variables
railway:index:Volume amoisekai-engine-volume
railway:index:VolumeBackupSchedule amoisekai-engine-volume-backups
uptimerobot:index:AlertContact amoisekai-contacts-email
uptimerobot:index:Integration amoisekai-contacts-slack
uptimerobot:index:Integration amoisekai-contacts-telegram
uptimerobot:index:MaintenanceWindow amoisekai-uptime-window
uptimerobot:index:Monitor amoisekai-backups-heartbeat-monitor
uptimerobot:index:Monitor amoisekai-uptime-health
uptimerobot:index:MonitorGroup amoisekai-uptime-group
uptimerobot:index:StatusPage amoisekai-uptime-status-page
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

#: What the stack declares that owns the project on Railway and the zone at Cloudflare.
OWNED = """
cloudflare:index/botManagement:BotManagement amoisekai-zone-bots
cloudflare:index/dnsRecord:DnsRecord amoisekai-dns-web
cloudflare:index/dnsRecord:DnsRecord amoisekai-dns-web-www
cloudflare:index/ruleset:Ruleset amoisekai-cache-rules
cloudflare:index/ruleset:Ruleset amoisekai-firewall-custom
cloudflare:index/ruleset:Ruleset amoisekai-firewall-managed
cloudflare:index/ruleset:Ruleset amoisekai-firewall-rate-limit
cloudflare:index/zoneSetting:ZoneSetting amoisekai-zone-always-use-https
cloudflare:index/zoneSetting:ZoneSetting amoisekai-zone-min-tls-version
cloudflare:index/zoneSetting:ZoneSetting amoisekai-zone-security-header
cloudflare:index/zoneSetting:ZoneSetting amoisekai-zone-ssl
railway:index:Environment amoisekai-staging
railway:index:Project amoisekai-project
railway:index:Service amoisekai-engine-service
railway:index:Service amoisekai-keeper-service
uptimerobot:index:Monitor amoisekai-uptime-web
uptimerobot:index:Monitor amoisekai-uptime-web-www
"""

IN_STAGING_ALONE = """
cloudflare:index/dnsRecord:DnsRecord amoisekai-dns-web-next
uptimerobot:index:Monitor amoisekai-uptime-web-next
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
    ("stack", "expected"),
    [
        ("local", COMMON + OWNED),
        ("staging", COMMON + IN_STAGING_ALONE),
        ("prod", COMMON + OWNED + IN_PROD_ALONE),
    ],
    ids=["local", "staging", "prod"],
)
def test_a_stack_declares_exactly_its_list(programs: dict[str, Program], stack: str, expected: str) -> None:
    """Local and prod own what staging names; prod has the replica and the locks beside it, and nothing else."""
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


def test_the_edge_is_known_by_its_ids(prod: Program, staging: Program) -> None:
    """The export that `gw deploy` reads: ids of what was made, or of what the stack file names; each path is asked."""
    assert [
        {
            "projectId": "amoisekai-project-id",
            "environmentId": "environment-of-amoisekai-project",
            "environments": {
                "production": "environment-of-amoisekai-project",
                "staging": "amoisekai-staging-id",
            },
            "engineServiceId": "amoisekai-engine-service-id",
            "keeperServiceId": "amoisekai-keeper-service-id",
            "host": "api.amoisekai.com",
            "serviceDomain": "amoisekai-engine-railway-domain.up.railway.test",
            "healthPath": "/api/health",
        },
        {
            "projectId": "01234567-89ab-4cde-8f01-23456789abc0",
            "environmentId": "01234567-89ab-4cde-8f01-23456789abc1",
            "environments": {},
            "engineServiceId": "01234567-89ab-4cde-8f01-23456789abc2",
            "keeperServiceId": "01234567-89ab-4cde-8f01-23456789abc3",
            "host": "staging.amoisekai.com",
            "serviceDomain": "amoisekai-engine-railway-domain.up.railway.test",
            "healthPath": "/api/health",
        },
    ] == [program.edge["amoisekai"] for program in (prod, staging)]
