"""Cases of `data-two-instances`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts
from tests.policies.stack import called, naming, part

_KEY = "clusterIdentifier"
_INSTANCE = "aws:rds/clusterInstance:ClusterInstance"


def _cluster(service: str = "rds", stack: str = "prod", **props: Value) -> Facts:
    return facts(f"aws:{service}/cluster:Cluster", props, stack=stack)


def _two(owner: Facts, token: str = _INSTANCE) -> list[Facts]:
    return [owner, *(called(part(owner, token, _KEY, {}), name) for name in ("one", "two"))]


_CLUSTER = _cluster()

PASS = {
    "an empty stack": [],
    "two": _two(_CLUSTER),
    "two of DocumentDB": _two(_cluster("docdb"), "aws:docdb/clusterInstance:ClusterInstance"),
    "two of Neptune": _two(_cluster("neptune"), "aws:neptune/clusterInstance:ClusterInstance"),
    "two by name": [
        _cluster(clusterIdentifier="main"),
        *(called(naming("main", _INSTANCE, _KEY, {}), name) for name in ("one", "two")),
    ],
    "two by a name that AWS made": [
        _cluster(id="tf-1"),
        *(called(naming("tf-1", _INSTANCE, _KEY, {}), name) for name in ("one", "two")),
    ],
    "one by name, one by output": [
        _cluster(clusterIdentifier="main"),
        called(naming("main", _INSTANCE, _KEY, {}), "one"),
        part(_CLUSTER, _INSTANCE, _KEY, {}),
    ],
    "a Multi-AZ DB cluster": [_cluster(dbClusterInstanceClass="db.m6gd.large")],
    "the first Aurora Serverless": [_cluster(engineMode="serverless")],
    "staging may have one": [_cluster(stack="staging")],
}
FAIL = {
    "none": ([_CLUSTER], (_KEY,)),
    "one": ([_CLUSTER, part(_CLUSTER, _INSTANCE, _KEY, {})], (_KEY,)),
    "one, by name and by output": (
        [_cluster(clusterIdentifier="main"), part(_CLUSTER, _INSTANCE, _KEY, {_KEY: "main"})],
        (_KEY,),
    ),
    "one of DocumentDB": ([_cluster("docdb")], (_KEY,)),
    "one of Neptune": ([_cluster("neptune")], (_KEY,)),
    "another's": ([*_two(_CLUSTER), called(_CLUSTER, "other")], (_KEY,)),
}
PENDING = {
    "a mode that was not seen": ([_cluster(engineMode=UNKNOWN)], (_KEY,)),
    "names that were not seen": (
        [_cluster(clusterIdentifier=UNKNOWN), facts(_INSTANCE, {_KEY: UNKNOWN}, stack="prod")],
        (_KEY,),
    ),
}
