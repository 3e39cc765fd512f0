"""No data store answers the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, among, any_of, found, given, negated, stands
from policies.facts import Facts, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SWITCH = "publiclyAccessible"
#: Types with that switch; left out it is off in each.
SWITCHED = frozenset(
    {
        "aws:dms/replicationInstance:ReplicationInstance",
        "aws:mq/broker:Broker",
        "aws:neptune/clusterInstance:ClusterInstance",
        "aws:rds/clusterInstance:ClusterInstance",
        "aws:rds/instance:Instance",
        "aws:redshift/cluster:Cluster",
        "aws:redshiftserverless/workgroup:Workgroup",
    }
)
_SEARCH = frozenset({"aws:elasticsearch/domain:Domain", "aws:opensearch/domain:Domain"})
_KAFKA = "aws:msk/cluster:Cluster"
_KAFKA_ACCESS = ("brokerNodeGroupInfo", "connectivityInfo", "publicAccess", "type")


def check(facts: Facts) -> Iterator[Result]:
    """A store must have no public address; a search domain must stand in a VPC, or it is the world's.

    ElastiCache, MemoryDB, DocumentDB and EFS are in a VPC always.
    """
    if facts.token in _SEARCH:
        inside = any_of(map(given, entries(look(facts.props, "vpcOptions", "subnetIds"))))
        yield from found(negated(inside), "vpcOptions.subnetIds", what="the domain stands outside any VPC")
    elif facts.token == _KAFKA:
        access = look(facts.props, *_KAFKA_ACCESS)
        closed: Verdict = True if access is None else among(access, {"DISABLED"})
        yield from found(negated(closed), ".".join(_KAFKA_ACCESS), what="the brokers have public addresses")
    else:
        private = stands(look(facts.props, _SWITCH), on=False)
        yield from found(negated(private), _SWITCH, what="the store has a public address")


RULE = Rule(
    id="network-data-store-private",
    title="No data store answers the world",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="A password is then all that stands between anyone and all data.",
    fix="leave publiclyAccessible off and give private subnets; people come through a tunnel",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
    applies=(SWITCHED | _SEARCH | {_KAFKA}).__contains__,
    check=check,
)
