"""Cases of `data-multi-az`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_ZONES = "clusterConfig.zoneAwarenessEnabled"
_COUNT = "clusterConfig.instanceCount"


def _db(stack: str = "prod", **props: Value) -> Facts:
    return facts("aws:rds/instance:Instance", props, stack=stack)


def _group(**props: Value) -> Facts:
    return facts("aws:elasticache/replicationGroup:ReplicationGroup", props, stack="prod")


def _domain(token: str = "aws:opensearch/domain:Domain", **config: Value) -> Facts:  # noqa: S107 - a type
    return facts(token, {"clusterConfig": config}, stack="prod")


def _files(**props: Value) -> Facts:
    return facts("aws:efs/fileSystem:FileSystem", props, stack="prod")


def _memory(replicas: Value) -> Facts:
    return facts("aws:memorydb/cluster:Cluster", {"numReplicasPerShard": replicas}, stack="prod")


PASS = {
    "a database": _db(multiAz=True),
    "a replica": _db(replicateSourceDb="main"),
    "staging may stand in one": _db("staging"),
    "Redis": _group(automaticFailoverEnabled=True, multiAzEnabled=True, numCacheClusters=2.0),
    "a search domain": _domain(zoneAwarenessEnabled=True, instanceCount=2.0),
    "files": _files(),
    "MemoryDB that says nothing has one replica": _memory(None),
    "MemoryDB": _memory(1.0),
    "Aurora is another rule's": facts("aws:rds/cluster:Cluster", {}, stack="prod"),
}
FAIL = {
    "a database, left out": (_db(), ("multiAz",)),
    "a database": (_db(multiAz=False), ("multiAz",)),
    "Redis, left out": (_group(), ("automaticFailoverEnabled", "multiAzEnabled")),
    "Redis in one zone": (_group(automaticFailoverEnabled=True), ("multiAzEnabled",)),
    "a search domain, left out": (_domain(), (_ZONES, _COUNT)),
    "a search domain of one node": (_domain(zoneAwarenessEnabled=True, instanceCount=1.0), (_COUNT,)),
    "an older search domain": (_domain("aws:elasticsearch/domain:Domain", instanceCount=2.0), (_ZONES,)),
    "files": (_files(availabilityZoneName="eu-central-1a"), ("availabilityZoneName",)),
    "MemoryDB": (_memory(0.0), ("numReplicasPerShard",)),
    "wrong type: a number": (_db(multiAz=1.0), ("multiAz",)),
    "wrong type: a word for a number": (_domain(zoneAwarenessEnabled=True, instanceCount="two"), (_COUNT,)),
}
PENDING = {
    "a database": (_db(multiAz=UNKNOWN), ("?multiAz",)),
    "the source": (_db(replicateSourceDb=UNKNOWN), ("?multiAz",)),
    "Redis": (_group(automaticFailoverEnabled=True, multiAzEnabled=UNKNOWN), ("?multiAzEnabled",)),
    "a search domain": (
        facts("aws:opensearch/domain:Domain", {"clusterConfig": UNKNOWN}, stack="prod"),
        (f"?{_ZONES}", f"?{_COUNT}"),
    ),
    "files": (_files(availabilityZoneName=UNKNOWN), ("?availabilityZoneName",)),
    "MemoryDB": (_memory(UNKNOWN), ("?numReplicasPerShard",)),
}
