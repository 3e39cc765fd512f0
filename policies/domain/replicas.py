"""Which data stores are copies of another: they take over from their source what cannot be said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, given
from policies.facts import look

if TYPE_CHECKING:
    from policies.facts import Facts

#: Property that names the source, by type.
_SOURCE = {
    "aws:elasticache/cluster:Cluster": "replicationGroupId",
    "aws:elasticache/replicationGroup:ReplicationGroup": "globalReplicationGroupId",
    "aws:rds/cluster:Cluster": "replicationSourceIdentifier",
    "aws:rds/globalCluster:GlobalCluster": "sourceDbClusterIdentifier",
    "aws:rds/instance:Instance": "replicateSourceDb",
}


def is_replica(facts: Facts) -> Verdict:
    """Whether it is a copy of another."""
    return given(look(facts.props, _SOURCE[facts.token])) if facts.token in _SOURCE else False
