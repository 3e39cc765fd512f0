"""Cases of `cost-scale-bounds`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_MAX = ("scalingConfig.maxSize",)
_CAPACITY = "serverlessv2ScalingConfiguration.maxCapacity"


def _nodes(most: Value, stack: str = "prod") -> Facts:
    sizes: Value = {"desiredSize": 2.0, "maxSize": most, "minSize": 1.0}
    return facts("aws:eks/nodeGroup:NodeGroup", {"scalingConfig": sizes}, stack=stack)


def _db(stack: str = "prod", **props: Value) -> Facts:
    return facts("aws:rds/instance:Instance", props, stack=stack)


def _aurora(most: Value, stack: str = "prod") -> Facts:
    scaling: Value = {"minCapacity": 0.5, "maxCapacity": most}
    return facts("aws:rds/cluster:Cluster", {"serverlessv2ScalingConfiguration": scaling}, stack=stack)


PASS = {
    "workers of the platform (PF-2)": _nodes(10.0),
    "three elsewhere": _nodes(3.0, "staging"),
    "a group of machines": facts("aws:autoscaling/group:Group", {"maxSize": 1.0}),
    "storage that does not grow": _db(allocatedStorage=20.0),
    "storage that does": _db(allocatedStorage=20.0, maxAllocatedStorage=500.0),
    "storage that is not asked for": _db(),
    "storage elsewhere": _db("staging", maxAllocatedStorage=100.0),
    "capacity": _aurora(8.0),
    "capacity elsewhere": _aurora(2.0, "staging"),
    "Aurora by machines": facts("aws:rds/cluster:Cluster", {}),
}
FAIL = {
    "nodes": (_nodes(11.0), _MAX),
    "nodes elsewhere": (_nodes(4.0, "staging"), _MAX),
    "a stack that no list knows is small": (_nodes(4.0, "preview-7"), _MAX),
    "a group of machines": (facts("aws:autoscaling/group:Group", {"maxSize": 100.0}, stack="prod"), ("maxSize",)),
    "storage": (_db(allocatedStorage=1000.0), ("allocatedStorage",)),
    "storage that grows": (_db(allocatedStorage=20.0, maxAllocatedStorage=65536.0), ("maxAllocatedStorage",)),
    "a little more storage": (_db(maxAllocatedStorage=501.0), ("maxAllocatedStorage",)),
    "a little more capacity": (_aurora(8.5), (_CAPACITY,)),
    "a little more capacity elsewhere": (_aurora(2.5, "staging"), (_CAPACITY,)),
    "storage elsewhere": (_db("staging", maxAllocatedStorage=101.0), ("maxAllocatedStorage",)),
    "capacity": (_aurora(128.0), (_CAPACITY,)),
    "capacity elsewhere": (_aurora(8.0, "staging"), (_CAPACITY,)),
    "wrong type: a word": (_nodes("many"), _MAX),
    "wrong type: a switch": (_nodes(most=True), _MAX),
}
PENDING = {
    "nodes": (_nodes(UNKNOWN), ("?scalingConfig.maxSize",)),
    "sizes": (
        facts("aws:eks/nodeGroup:NodeGroup", {"scalingConfig": UNKNOWN}, stack="prod"),
        ("?scalingConfig.maxSize",),
    ),
    "storage": (_db(maxAllocatedStorage=UNKNOWN), ("?maxAllocatedStorage",)),
    "capacity": (_aurora(UNKNOWN), (f"?{_CAPACITY}",)),
}
