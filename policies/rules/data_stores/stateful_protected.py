"""What holds data is protected in production."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.stacks import in_prod
from policies.rule import Enforcement, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

#: Types whose deletion deletes data, or the key to it, or (a zone, a user pool) what others rely on by its id.
#: A namespace takes every claim in it along,
#: as Railway's environments and projects take their volumes.
STATEFUL = frozenset(
    {
        "aws:backup/vault:Vault",
        "aws:cognito/userPool:UserPool",
        "aws:docdb/cluster:Cluster",
        "aws:docdb/elasticCluster:ElasticCluster",
        "aws:dsql/cluster:Cluster",
        "aws:dynamodb/table:Table",
        "aws:ebs/volume:Volume",
        "aws:ecr/repository:Repository",
        "aws:efs/fileSystem:FileSystem",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "aws:elasticsearch/domain:Domain",
        "aws:fsx/lustreFileSystem:LustreFileSystem",
        "aws:fsx/ontapFileSystem:OntapFileSystem",
        "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
        "aws:fsx/windowsFileSystem:WindowsFileSystem",
        "aws:glacier/vault:Vault",
        "aws:keyspaces/table:Table",
        "aws:kinesis/stream:Stream",
        "aws:kms/externalKey:ExternalKey",
        "aws:kms/key:Key",
        "aws:kms/replicaKey:ReplicaKey",
        "aws:memorydb/cluster:Cluster",
        "aws:msk/cluster:Cluster",
        "aws:neptune/cluster:Cluster",
        "aws:opensearch/domain:Domain",
        "aws:rds/cluster:Cluster",
        "aws:rds/globalCluster:GlobalCluster",
        "aws:rds/instance:Instance",
        "aws:redshift/cluster:Cluster",
        "aws:redshiftserverless/namespace:Namespace",
        "aws:route53/zone:Zone",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:s3/directoryBucket:DirectoryBucket",
        "aws:s3tables/tableBucket:TableBucket",
        "aws:secretsmanager/secret:Secret",
        "aws:sqs/queue:Queue",
        "aws:ssm/parameter:Parameter",
        "aws:timestreamwrite/table:Table",
        "cloudflare:index/d1Database:D1Database",
        "cloudflare:index/queue:Queue",
        "cloudflare:index/r2Bucket:R2Bucket",
        "cloudflare:index/workersKvNamespace:WorkersKvNamespace",
        "cloudflare:index/zone:Zone",
        "kubernetes:core/v1:Namespace",
        "kubernetes:core/v1:PersistentVolume",
        "kubernetes:core/v1:PersistentVolumeClaim",
        "railway:index:Environment",
        "railway:index:Project",
        "railway:index:Volume",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """In production the `protect` option must be on; the engine always knows it."""
    if in_prod(facts) and not facts.protect:
        yield Violation(where="protect", what=f"{facts.name!r} holds data in stack {facts.stack!r} and can be deleted")


RULE = Rule(
    id="stateful-protected",
    title="What holds data is protected in production",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="A renamed argument can replace a resource: unprotected, its data goes with it.",
    fix="pass ResourceOptions(protect=True) to it; to delete on purpose, open the stack's escape hatch "
    "(groundwork:allowUnprotected) and run with --policy-pack-config policies/unprotected.json",
    link="https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    applies=STATEFUL.__contains__,
    check=check,
)
