"""A production data store outlives an availability zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.replicas import is_replica
from policies.domain.stacks import in_prod
from policies.domain.verdict import Verdict, any_of, at_least, found, given, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILES = "aws:efs/fileSystem:FileSystem"
_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
_INSTANCE = "aws:rds/instance:Instance"
_MEMORY = "aws:memorydb/cluster:Cluster"
_SEARCH = frozenset({"aws:elasticsearch/domain:Domain", "aws:opensearch/domain:Domain"})


def check(facts: Facts) -> Iterator[Result]:
    """In production it must stand in two zones; clusters of Aurora and its like are `data-two-instances`."""
    if in_prod(facts):
        for where, holds in _judge(facts):
            yield from found(negated(holds), where, what=f"{facts.name!r} stands in one availability zone")


def _judge(facts: Facts) -> Iterator[tuple[str, Verdict]]:
    props = facts.props
    if facts.token == _INSTANCE:
        yield "multiAz", any_of((stands(look(props, "multiAz"), on=True), is_replica(facts)))
    elif facts.token == _GROUP:
        for name in ("automaticFailoverEnabled", "multiAzEnabled"):
            yield name, stands(look(props, name), on=True)
    elif facts.token in _SEARCH:
        config = look(props, "clusterConfig")
        yield "clusterConfig.zoneAwarenessEnabled", stands(look(config, "zoneAwarenessEnabled"), on=True)
        yield "clusterConfig.instanceCount", at_least(look(config, "instanceCount"), 2)
    elif facts.token == _FILES:
        yield "availabilityZoneName", negated(given(look(props, "availabilityZoneName")))
    else:
        replicas = look(props, "numReplicasPerShard")
        yield "numReplicasPerShard", True if replicas is None else at_least(replicas, 1)


RULE = Rule(
    id="data-multi-az",
    title="A production data store outlives an availability zone",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A zone fails as a whole; what stands in one is down until a backup is restored elsewhere (RD-5).",
    fix="turn multi-AZ on, with as many nodes as it needs; leave availabilityZoneName out of a file system",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
    applies=(_SEARCH | {_FILES, _GROUP, _INSTANCE, _MEMORY}).__contains__,
    check=check,
)
