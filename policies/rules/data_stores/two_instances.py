"""A production cluster has a second instance to fail over to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.links import Links
from policies.domain.stacks import in_prod
from policies.domain.verdict import among, given
from policies.facts import look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policies.facts import Facts

_CLUSTERS = frozenset({"aws:docdb/cluster:Cluster", "aws:neptune/cluster:Cluster", "aws:rds/cluster:Cluster"})
_INSTANCES = frozenset(
    {
        "aws:docdb/clusterInstance:ClusterInstance",
        "aws:neptune/clusterInstance:ClusterInstance",
        "aws:rds/clusterInstance:ClusterInstance",
    }
)
_LEAST = 2


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """In production two instances must belong to a cluster: its data is in three zones, its only instance in one.

    A Multi-AZ DB cluster and the first Aurora Serverless make instances of their own.
    """
    instances = (facts for facts in stack if facts.token in _INSTANCES)
    links = Links(instances, "clusterIdentifier", ("clusterIdentifier", "id"))
    for cluster in stack:
        if cluster.token in _CLUSTERS and in_prod(cluster) and not _makes_its_own(cluster):
            own = links.count(cluster)
            if own < _LEAST:
                what = f"cluster {cluster.name!r} has {own} of {_LEAST} instances"
                yield Violation(urn=cluster.urn, where="clusterIdentifier", what=what)


def _makes_its_own(cluster: Facts) -> bool:
    serverless = among(look(cluster.props, "engineMode"), {"serverless"})
    return serverless is True or given(look(cluster.props, "dbClusterInstanceClass")) is True


RULE = StackRule(
    id="data-two-instances",
    title="A production cluster has a second instance",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="When the zone of the only instance fails, the cluster is down until a new one is made (RD-5).",
    fix="declare a second ClusterInstance with this cluster",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",
    check=check,
)
