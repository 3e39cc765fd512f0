"""A stack buys machines from its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.sizes import Sizes, sizes
from policies.domain.verdict import all_of, among, found, given, negated
from policies.facts import Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NODES = "aws:eks/nodeGroup:NodeGroup"
_GROUP = "aws:autoscaling/group:Group"
_OVERRIDES = ("mixedInstancesPolicy", "launchTemplate", "overrides")
#: Paths that name a size, and the list that it must be in, by type.
_ONE: dict[str, tuple[tuple[tuple[str, ...], ...], Callable[[Sizes], frozenset[str]]]] = {
    "aws:docdb/clusterInstance:ClusterInstance": ((("instanceClass",),), lambda own: own.databases),
    "aws:ec2/instance:Instance": ((("instanceType",),), lambda own: own.machines),
    "aws:ec2/launchConfiguration:LaunchConfiguration": ((("instanceType",),), lambda own: own.machines),
    "aws:ec2/launchTemplate:LaunchTemplate": ((("instanceType",),), lambda own: own.machines),
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ((("instanceType",),), lambda own: own.machines),
    "aws:elasticache/cluster:Cluster": ((("nodeType",),), lambda own: own.caches),
    "aws:elasticache/replicationGroup:ReplicationGroup": ((("nodeType",),), lambda own: own.caches),
    "aws:memorydb/cluster:Cluster": ((("nodeType",),), lambda own: own.databases),
    "aws:neptune/clusterInstance:ClusterInstance": ((("instanceClass",),), lambda own: own.databases),
    "aws:opensearch/domain:Domain": (
        tuple(("clusterConfig", name) for name in ("instanceType", "dedicatedMasterType", "warmType")),
        lambda own: own.search,
    ),
    "aws:rds/cluster:Cluster": ((("dbClusterInstanceClass",),), lambda own: own.databases),
    "aws:rds/clusterInstance:ClusterInstance": ((("instanceClass",),), lambda own: own.databases),
    "aws:rds/instance:Instance": ((("instanceClass",),), lambda own: own.databases),
}


def check(facts: Facts) -> Iterator[Result]:
    """Each size that is given must be in the stack's list; one that is left out is said elsewhere, or is small."""
    own = sizes(facts)
    if facts.token == _NODES:
        for place, size in enumerate(entries(look(facts.props, "instanceTypes"))):
            yield from _listed(f"instanceTypes[{place}]", size, own.machines, facts.stack)
    elif facts.token == _GROUP:
        for place, override in enumerate(entries(look(facts.props, *_OVERRIDES))):
            where = f"{'.'.join(_OVERRIDES)}[{place}].instanceType"
            yield from _listed(where, look(override, "instanceType"), own.machines, facts.stack)
    else:
        paths, pick = _ONE[facts.token]
        for path in paths:
            yield from _listed(".".join(path), look(facts.props, *path), pick(own), facts.stack)


def _listed(where: str, size: Value, allowed: frozenset[str], stack: str) -> Iterator[Result]:
    broken = all_of((given(size), negated(among(size, allowed))))
    yield from found(broken, where, what=f"it is none of the sizes of stack {stack!r}: {', '.join(sorted(allowed))}")


RULE = Rule(
    id="cost-instance-sizes",
    title="A stack buys machines from its list",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="One letter in a size costs ten times as much, and the bill says so a month later.",
    fix="take a size of the list; one that is needed is added to policies/domain/sizes.py, with what it is for",
    link="https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/select-the-correct-resource-type-size-and-number.html",
    applies=(_ONE.keys() | {_NODES, _GROUP}).__contains__,
    check=check,
)
