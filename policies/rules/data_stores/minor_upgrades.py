"""A data store takes minor upgrades by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import found, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SWITCH = "autoMinorVersionUpgrade"
#: Types with that switch; left out it is on in each. DocumentDB has it, and does not heed it.
TOKENS = frozenset(
    {
        "aws:elasticache/cluster:Cluster",
        "aws:elasticache/replicationGroup:ReplicationGroup",
        "aws:memorydb/cluster:Cluster",
        "aws:neptune/clusterInstance:ClusterInstance",
        "aws:rds/clusterInstance:ClusterInstance",
        "aws:rds/instance:Instance",
    }
)


def check(facts: Facts) -> Iterator[Result]:
    """The switch must not be turned off."""
    on = stands(look(facts.props, _SWITCH), on=True, absent=True)
    yield from found(negated(on), _SWITCH, what="security fixes of the engine are not taken")


RULE = Rule(
    id="data-minor-upgrades",
    title="A data store takes minor upgrades by itself",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A hole that the vendor has closed stays open for as long as nobody thinks of it.",
    fix="leave autoMinorVersionUpgrade out, and give a maintenance window that suits",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html",
    applies=TOKENS.__contains__,
    check=check,
)
