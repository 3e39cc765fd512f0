"""A production data store leaves a last snapshot when it is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.replicas import is_replica
from policies.domain.stacks import in_prod
from policies.domain.verdict import all_of, any_of, found, given, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SKIP = "skipFinalSnapshot"
#: Types that can be told to make none; left out they want one, and a name for it.
SKIPPABLE = frozenset(
    {
        "aws:docdb/cluster:Cluster",
        "aws:neptune/cluster:Cluster",
        "aws:rds/cluster:Cluster",
        "aws:rds/instance:Instance",
        "aws:redshift/cluster:Cluster",
    }
)
#: Property that names the snapshot, by type; those that are not skippable make none without it.
_NAME = dict.fromkeys(SKIPPABLE, "finalSnapshotIdentifier") | {
    "aws:elasticache/replicationGroup:ReplicationGroup": "finalSnapshotIdentifier",
    "aws:memorydb/cluster:Cluster": "finalSnapshotName",
}


def check(facts: Facts) -> Iterator[Result]:
    """In production it must not be skipped, and must have a name; a replica has none."""
    if not in_prod(facts):
        return
    replica = is_replica(facts)
    makes = facts.token not in SKIPPABLE or stands(look(facts.props, _SKIP), on=False)
    yield from found(negated(any_of((makes, replica))), _SKIP, what="it is deleted without a last snapshot")
    name = _NAME[facts.token]
    nameless = all_of((makes, negated(given(look(facts.props, name))), negated(replica)))
    yield from found(nameless, name, what="the last snapshot has no name, so there will be none")


RULE = Rule(
    id="data-final-snapshot",
    title="A production data store leaves a last snapshot",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Automated backups go with what they are of: after a deletion there is nothing to go back to.",
    fix="leave skipFinalSnapshot out and name the snapshot",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
    applies=_NAME.__contains__,
    check=check,
)
