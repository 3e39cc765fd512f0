"""Cases of `data-backed-up`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_DB = "aws:rds/instance:Instance"
_CLUSTER = "aws:rds/cluster:Cluster"
_CACHE = "aws:elasticache/cluster:Cluster"
_TABLE = "aws:dynamodb/table:Table"
_KEPT = ("backupRetentionPeriod",)
_SNAPSHOTS = ("snapshotRetentionLimit",)
_RECOVERY = "pointInTimeRecovery.enabled"


def _db(days: Value, stack: str = "local", **props: Value) -> Facts:
    return facts(_DB, {"backupRetentionPeriod": days, **props}, stack=stack)


PASS = {
    "a day": _db(1.0),
    "seven in production": _db(7.0, "prod"),
    "35 in production": _db(35.0, "prod"),
    "a replica": _db(None, "prod", replicateSourceDb="main"),
    "Aurora that says nothing keeps a day": facts(_CLUSTER, {}),
    "DocumentDB that says nothing": facts("aws:docdb/cluster:Cluster", {}),
    "Neptune that says nothing": facts("aws:neptune/cluster:Cluster", {}),
    "Redshift that says nothing": facts("aws:redshift/cluster:Cluster", {}),
    "Redshift in production": facts(
        "aws:redshift/cluster:Cluster", {"automatedSnapshotRetentionPeriod": 7.0}, stack="prod"
    ),
    "Redis": facts(_CACHE, {"engine": "redis", "snapshotRetentionLimit": 1.0}),
    "Memcached keeps nothing": facts(_CACHE, {"engine": "memcached"}),
    "a node of a group": facts(_CACHE, {"replicationGroupId": "group"}),
    "a table": facts(_TABLE, {"pointInTimeRecovery": {"enabled": True}}),
    "wrong type: days as text": _db("7", "prod"),
}
FAIL = {
    "left out": (_db(None), _KEPT),
    "none": (_db(0.0), _KEPT),
    "six in production": (_db(6.0, "prod"), _KEPT),
    "Aurora that says nothing in production": (facts(_CLUSTER, {}, stack="prod"), _KEPT),
    "DocumentDB in production": (
        facts("aws:docdb/cluster:Cluster", {"backupRetentionPeriod": 1.0}, stack="prod"),
        _KEPT,
    ),
    "Neptune in production": (facts("aws:neptune/cluster:Cluster", {}, stack="prod"), _KEPT),
    "Redshift": (
        facts("aws:redshift/cluster:Cluster", {"automatedSnapshotRetentionPeriod": 0.0}),
        ("automatedSnapshotRetentionPeriod",),
    ),
    "one Redis node": (facts(_CACHE, {"engine": "redis"}), _SNAPSHOTS),
    "Redis": (facts("aws:elasticache/replicationGroup:ReplicationGroup", {}), _SNAPSHOTS),
    "a second Redis of the world is no backup": (
        facts("aws:elasticache/replicationGroup:ReplicationGroup", {"globalReplicationGroupId": "x"}),
        _SNAPSHOTS,
    ),
    "MemoryDB, left out": (facts("aws:memorydb/cluster:Cluster", {}), _SNAPSHOTS),
    "MemoryDB": (facts("aws:memorydb/cluster:Cluster", {"snapshotRetentionLimit": 0.0}), _SNAPSHOTS),
    "a table, left out": (facts(_TABLE, {}), (_RECOVERY,)),
    "a table": (facts(_TABLE, {"pointInTimeRecovery": {"enabled": False}}), (_RECOVERY,)),
    "wrong type: a word": (_db("week"), _KEPT),
    "wrong type: a switch": (_db(days=True), _KEPT),
}
PENDING = {
    "the days": (_db(UNKNOWN), ("?backupRetentionPeriod",)),
    "the source": (_db(0.0, replicateSourceDb=UNKNOWN), ("?backupRetentionPeriod",)),
    "the engine": (facts(_CACHE, {"engine": UNKNOWN}), ("?snapshotRetentionLimit",)),
    "a table": (facts(_TABLE, {"pointInTimeRecovery": UNKNOWN}), (f"?{_RECOVERY}",)),
}
