"""Cases of `cost-instance-sizes`."""

from __future__ import annotations

from policies.domain.sizes import PROD_SIZES, SMALL, Sizes
from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_INSTANCE = "aws:ec2/instance:Instance"
_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
_OVERRIDES = "mixedInstancesPolicy.launchTemplate.overrides"


def _nodes(*types: Value, stack: str = "local") -> Facts:
    return facts("aws:eks/nodeGroup:NodeGroup", {"instanceTypes": list(types)}, stack=stack)


def _machines(*types: Value) -> Facts:
    overrides = [{"instanceType": one} for one in types]
    return facts("aws:autoscaling/group:Group", {"mixedInstancesPolicy": {"launchTemplate": {"overrides": overrides}}})


def _db(size: Value, stack: str = "local") -> Facts:
    return facts("aws:rds/instance:Instance", {"instanceClass": size}, stack=stack)


def _domain(stack: str = "local", **types: Value) -> Facts:
    return facts("aws:opensearch/domain:Domain", {"clusterConfig": types}, stack=stack)


def _sizes(own: Sizes) -> frozenset[str]:
    return own.machines | own.databases | own.caches | own.search


def _sized(size: str, stack: str) -> Facts:
    """What is of a size, by its name: a database, a cache, a search domain or a machine."""
    if size.startswith("db."):
        return _db(size, stack)
    if size.startswith("cache."):
        return facts(_GROUP, {"nodeType": size}, stack=stack)
    if size.endswith(".search"):
        return _domain(stack, instanceType=size)
    return facts(_INSTANCE, {"instanceType": size}, stack=stack)


def _where(size: str) -> str:
    """The property that a size stands in, as `_sized` makes it."""
    names = {"db": "instanceClass", "cache": "nodeType"}
    other = "clusterConfig.instanceType" if size.endswith(".search") else "instanceType"
    return names.get(size.partition(".")[0], other)


PASS = {
    **{f"{size} in staging": _sized(size, "staging") for size in sorted(_sizes(SMALL))},
    **{f"{size} in production": _sized(size, "prod") for size in sorted(_sizes(PROD_SIZES))},
    "nodes of the platform (PF-1)": _nodes("t3.large", stack="prod"),
    "workers of the platform (PF-2)": _nodes("c5.xlarge", stack="prod"),
    "nodes that say nothing": facts("aws:eks/nodeGroup:NodeGroup", {}),
    "a machine": facts(_INSTANCE, {"instanceType": "t3.micro"}),
    "a machine as its template says": facts(_INSTANCE, {}),
    "a template": facts(_TEMPLATE, {"instanceType": "t3.small"}),
    "a mixed group": _machines("t3.small", "t3.medium"),
    "a database": _db("db.t4g.micro"),
    "a larger one in production": _db("db.r7g.large", "prod"),
    "Aurora by capacity": facts("aws:rds/clusterInstance:ClusterInstance", {"instanceClass": "db.serverless"}),
    "Aurora without machines": facts("aws:rds/cluster:Cluster", {}),
    "a cache": facts(_GROUP, {"nodeType": "cache.t4g.micro"}),
    "a search domain": _domain(instanceType="t3.small.search"),
    "what has no size": facts("aws:s3/bucket:Bucket", {}),
}
FAIL = {
    **{
        f"{size} in staging": (_sized(size, "staging"), (_where(size),))
        for size in sorted(_sizes(PROD_SIZES) - _sizes(SMALL))
    },
    "workers outside production": (_nodes("c5.xlarge"), ("instanceTypes[0]",)),
    "workers in staging": (_nodes("c5.xlarge", stack="staging"), ("instanceTypes[0]",)),
    "a stack that no list knows is small": (_nodes("c5.xlarge", stack="preview-7"), ("instanceTypes[0]",)),
    "one of two": (_nodes("t3.large", "m5.24xlarge", stack="prod"), ("instanceTypes[1]",)),
    "a machine": (facts(_INSTANCE, {"instanceType": "p5.48xlarge"}, stack="prod"), ("instanceType",)),
    "a spot machine": (
        facts("aws:ec2/spotInstanceRequest:SpotInstanceRequest", {"instanceType": "p5.48xlarge"}),
        ("instanceType",),
    ),
    "a launch configuration": (
        facts("aws:ec2/launchConfiguration:LaunchConfiguration", {"instanceType": "p5.48xlarge"}),
        ("instanceType",),
    ),
    "a template": (facts(_TEMPLATE, {"instanceType": "m5.large"}), ("instanceType",)),
    "a mixed group": (_machines("t3.small", "m5.large"), (f"{_OVERRIDES}[1].instanceType",)),
    "a database": (_db("db.r7g.large"), ("instanceClass",)),
    "a database in production": (_db("db.r7g.16xlarge", "prod"), ("instanceClass",)),
    "Aurora": (
        facts("aws:rds/clusterInstance:ClusterInstance", {"instanceClass": "db.r6i.32xlarge"}),
        ("instanceClass",),
    ),
    "a Multi-AZ DB cluster": (
        facts("aws:rds/cluster:Cluster", {"dbClusterInstanceClass": "db.m6gd.16xlarge"}),
        ("dbClusterInstanceClass",),
    ),
    "DocumentDB": (
        facts("aws:docdb/clusterInstance:ClusterInstance", {"instanceClass": "db.r6g.large"}),
        ("instanceClass",),
    ),
    "Neptune": (
        facts("aws:neptune/clusterInstance:ClusterInstance", {"instanceClass": "db.r6g.large"}),
        ("instanceClass",),
    ),
    "MemoryDB": (facts("aws:memorydb/cluster:Cluster", {"nodeType": "db.r7g.large"}), ("nodeType",)),
    "a cache": (facts(_GROUP, {"nodeType": "cache.m7g.large"}), ("nodeType",)),
    "a node of a cache": (facts("aws:elasticache/cluster:Cluster", {"nodeType": "cache.m7g.large"}), ("nodeType",)),
    "a search domain": (_domain(instanceType="m7g.large.search"), ("clusterConfig.instanceType",)),
    "its masters": (
        _domain("prod", instanceType="m7g.large.search", dedicatedMasterType="r7g.16xlarge.search"),
        ("clusterConfig.dedicatedMasterType",),
    ),
    "its warm nodes": (
        _domain("prod", warmEnabled=True, warmType="ultrawarm1.large.search"),
        ("clusterConfig.warmType",),
    ),
    "wrong type: a number": (_db(4.0), ("instanceClass",)),
}
PENDING = {
    "a machine": (facts(_INSTANCE, {"instanceType": UNKNOWN}), ("?instanceType",)),
    "nodes": (facts("aws:eks/nodeGroup:NodeGroup", {"instanceTypes": UNKNOWN}), ("?instanceTypes[0]",)),
    "one of the nodes": (_nodes("t3.large", UNKNOWN), ("?instanceTypes[1]",)),
    "a mixed group": (
        facts("aws:autoscaling/group:Group", {"mixedInstancesPolicy": UNKNOWN}),
        (f"?{_OVERRIDES}[0].instanceType",),
    ),
    "a database": (_db(UNKNOWN), ("?instanceClass",)),
    "its masters": (_domain(dedicatedMasterType=UNKNOWN), ("?clusterConfig.dedicatedMasterType",)),
}
