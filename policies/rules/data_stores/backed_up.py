"""What holds data is backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.replicas import is_replica
from policies.domain.stacks import in_prod
from policies.domain.verdict import Verdict, among, any_of, at_least, found, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Days that backups are kept (BK-35: 7 daily); elsewhere they must be on, since a restore is tried there.
_DAYS_IN_PROD = 7
_DAYS = 1

_CACHE = "aws:elasticache/cluster:Cluster"
_TABLE = "aws:dynamodb/table:Table"
#: Property that says for how many days, by type.
_KEPT = {
    "aws:docdb/cluster:Cluster": "backupRetentionPeriod",
    "aws:elasticache/cluster:Cluster": "snapshotRetentionLimit",
    "aws:elasticache/replicationGroup:ReplicationGroup": "snapshotRetentionLimit",
    "aws:memorydb/cluster:Cluster": "snapshotRetentionLimit",
    "aws:neptune/cluster:Cluster": "backupRetentionPeriod",
    "aws:rds/cluster:Cluster": "backupRetentionPeriod",
    "aws:rds/instance:Instance": "backupRetentionPeriod",
    "aws:redshift/cluster:Cluster": "automatedSnapshotRetentionPeriod",
}
#: Left out, these keep backups for one day, the others for none.
_A_DAY_BY_DEFAULT = frozenset(
    {
        "aws:docdb/cluster:Cluster",
        "aws:neptune/cluster:Cluster",
        "aws:rds/cluster:Cluster",
        "aws:redshift/cluster:Cluster",
    }
)
#: Of these a replica need not be backed up: its source is.
_BY_SOURCE = frozenset({_CACHE, "aws:rds/instance:Instance"})


def check(facts: Facts) -> Iterator[Result]:
    """Backups must be kept for a day, in production for seven; a table must have point-in-time recovery.

    OpenSearch makes hourly snapshots by itself; Memcached keeps nothing.
    """
    if facts.token == _TABLE:
        on = stands(look(facts.props, "pointInTimeRecovery", "enabled"), on=True)
        yield from found(negated(on), "pointInTimeRecovery.enabled", what="the table cannot be restored")
        return
    name = _KEPT[facts.token]
    days = _DAYS_IN_PROD if in_prod(facts) else _DAYS
    value = look(facts.props, name)
    by_default = value is None and facts.token in _A_DAY_BY_DEFAULT and not in_prod(facts)
    kept = by_default or at_least(value, days)
    what = f"backups are kept for less than {days} d"
    yield from found(negated(any_of((kept, _needless(facts)))), name, what=what)


def _needless(facts: Facts) -> Verdict:
    if facts.token not in _BY_SOURCE:
        return False
    return any_of((is_replica(facts), facts.token == _CACHE and among(look(facts.props, "engine"), {"memcached"})))


RULE = Rule(
    id="data-backed-up",
    title=f"What holds data is backed up, in production for {_DAYS_IN_PROD} days",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A mistake is noticed after days; without a backup from before it, the data is gone (BK-21).",
    fix=f"keep backups for {_DAYS_IN_PROD} days or more; of a table turn pointInTimeRecovery on",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
    applies=(_KEPT.keys() | {_TABLE}).__contains__,
    check=check,
)
