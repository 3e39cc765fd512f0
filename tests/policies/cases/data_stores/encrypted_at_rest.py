"""Cases of `data-encrypted-at-rest`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_CLUSTER = "aws:rds/cluster:Cluster"
_DB = "aws:rds/instance:Instance"
_DOMAIN = "aws:opensearch/domain:Domain"
_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
_STREAM = "aws:kinesis/stream:Stream"
_QUEUE = "aws:sqs/queue:Queue"
_STORED = ("storageEncrypted",)


def _cache(**props: Value) -> Facts:
    return facts("aws:elasticache/cluster:Cluster", props)


PASS = {
    "a database": facts(_DB, {"storageEncrypted": True}),
    "a replica is as its source is": facts(_DB, {"replicateSourceDb": "main"}),
    "Aurora": facts(_CLUSTER, {"storageEncrypted": True}),
    "the first Aurora Serverless, always": facts(_CLUSTER, {"engineMode": "serverless"}),
    "Aurora that replicates": facts(_CLUSTER, {"replicationSourceIdentifier": "arn:aws:rds:x"}),
    "Aurora of the world": facts("aws:rds/globalCluster:GlobalCluster", {"sourceDbClusterIdentifier": "arn:aws:rds:x"}),
    "DocumentDB": facts("aws:docdb/cluster:Cluster", {"storageEncrypted": True}),
    "Neptune": facts("aws:neptune/cluster:Cluster", {"storageEncrypted": True}),
    "files": facts("aws:efs/fileSystem:FileSystem", {"encrypted": True}),
    "a search domain": facts(_DOMAIN, {"encryptAtRest": {"enabled": True}}),
    "Redshift that says nothing": facts("aws:redshift/cluster:Cluster", {}),
    "Redshift by a word": facts("aws:redshift/cluster:Cluster", {"encrypted": "true"}),
    "Redis": facts(_GROUP, {"engine": "redis", "atRestEncryptionEnabled": True}),
    "Valkey that says nothing": facts(_GROUP, {"engine": "valkey"}),
    "Redis of the world": facts(_GROUP, {"globalReplicationGroupId": "x"}),
    "Memcached keeps nothing": _cache(engine="memcached"),
    "a node of a group": _cache(replicationGroupId="group"),
    "a stream": facts(_STREAM, {"encryptionType": "KMS", "kmsKeyId": "alias/aws/kinesis"}),
    "a queue that says nothing": facts(_QUEUE, {}),
    "a queue by a key": facts(_QUEUE, {"sqsManagedSseEnabled": False, "kmsMasterKeyId": "alias/a"}),
    "a table is, always": facts("aws:dynamodb/table:Table", {}),
}
FAIL = {
    "a database, left out": (facts(_DB, {}), _STORED),
    "a database": (facts(_DB, {"storageEncrypted": False}), _STORED),
    "Aurora, left out": (facts(_CLUSTER, {}), _STORED),
    "Aurora with capacity of its own": (facts(_CLUSTER, {"engineMode": "provisioned"}), _STORED),
    "the first Aurora Serverless, turned off": (
        facts(_CLUSTER, {"engineMode": "serverless", "storageEncrypted": False}),
        _STORED,
    ),
    "Aurora of the world": (facts("aws:rds/globalCluster:GlobalCluster", {}), _STORED),
    "DocumentDB": (facts("aws:docdb/cluster:Cluster", {}), _STORED),
    "Neptune": (facts("aws:neptune/cluster:Cluster", {}), _STORED),
    "files": (facts("aws:efs/fileSystem:FileSystem", {}), ("encrypted",)),
    "a search domain": (facts(_DOMAIN, {"encryptAtRest": {"enabled": False}}), ("encryptAtRest.enabled",)),
    "an older search domain": (facts("aws:elasticsearch/domain:Domain", {}), ("encryptAtRest.enabled",)),
    "Redshift": (facts("aws:redshift/cluster:Cluster", {"encrypted": "false"}), ("encrypted",)),
    "Redis, left out": (facts(_GROUP, {"engine": "redis"}), ("atRestEncryptionEnabled",)),
    "Redis that does not say so": (facts(_GROUP, {}), ("atRestEncryptionEnabled",)),
    "Valkey, turned off": (
        facts(_GROUP, {"engine": "valkey", "atRestEncryptionEnabled": False}),
        ("atRestEncryptionEnabled",),
    ),
    "one Redis node": (_cache(engine="redis"), ("engine",)),
    "a stream, left out": (facts(_STREAM, {}), ("encryptionType",)),
    "a stream": (facts(_STREAM, {"encryptionType": "NONE"}), ("encryptionType",)),
    "a queue": (facts(_QUEUE, {"sqsManagedSseEnabled": False}), ("sqsManagedSseEnabled",)),
    "wrong type: a number": (facts(_DB, {"storageEncrypted": 1.0}), _STORED),
    "wrong type: options that are none": (facts(_DOMAIN, {"encryptAtRest": True}), ("encryptAtRest.enabled",)),
}
PENDING = {
    "the switch": (facts(_DB, {"storageEncrypted": UNKNOWN}), ("?storageEncrypted",)),
    "the source": (facts(_DB, {"replicateSourceDb": UNKNOWN}), ("?storageEncrypted",)),
    "the mode": (facts(_CLUSTER, {"engineMode": UNKNOWN}), ("?storageEncrypted",)),
    "the engine": (facts(_GROUP, {"engine": UNKNOWN}), ("?atRestEncryptionEnabled",)),
    "a node's engine": (_cache(engine=UNKNOWN), ("?engine",)),
    "the options": (facts(_DOMAIN, {"encryptAtRest": UNKNOWN}), ("?encryptAtRest.enabled",)),
    "a stream": (facts(_STREAM, {"encryptionType": UNKNOWN}), ("?encryptionType",)),
    "a queue's key": (
        facts(_QUEUE, {"sqsManagedSseEnabled": False, "kmsMasterKeyId": UNKNOWN}),
        ("?sqsManagedSseEnabled",),
    ),
}
