"""What holds data is spoken to by TLS only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.replicas import is_replica
from policies.domain.verdict import Verdict, all_of, among, any_of, found, given, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_CACHE = "aws:elasticache/cluster:Cluster"
_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
_KAFKA = "aws:msk/cluster:Cluster"
_MEMORY = "aws:memorydb/cluster:Cluster"
_SEARCH = frozenset({"aws:elasticsearch/domain:Domain", "aws:opensearch/domain:Domain"})
_KAFKA_CLIENTS = ("encryptionInfo", "encryptionInTransit", "clientBroker")
_SWITCH = "transitEncryptionEnabled"


def check(facts: Facts) -> Iterator[Result]:
    """Clients, and the nodes of a search domain among each other, must not be able to do without TLS.

    RDS and its like say it in a parameter group, DynamoDB, SQS and Kinesis speak TLS always: they are not asked.
    """
    for where, tls in _judge(facts):
        yield from found(
            negated(tls), where, what="what it says to its clients, or its nodes to each other, can be in clear"
        )


def _judge(facts: Facts) -> Iterator[tuple[str, Verdict]]:
    props = facts.props
    on = stands(look(props, _SWITCH), on=True)
    if facts.token == _GROUP:
        yield _SWITCH, any_of((on, is_replica(facts)))
        yield "transitEncryptionMode", negated(among(look(props, "transitEncryptionMode"), {"preferred"}))
    elif facts.token == _CACHE:
        # Of Redis it is the group that says it.
        memcached = among(look(props, "engine"), {"memcached"})
        yield _SWITCH, any_of((negated(memcached), on))
    elif facts.token == _MEMORY:
        yield "tlsEnabled", stands(look(props, "tlsEnabled"), on=True, absent=True)
    elif facts.token in _SEARCH:
        yield "nodeToNodeEncryption.enabled", stands(look(props, "nodeToNodeEncryption", "enabled"), on=True)
        options = look(props, "domainEndpointOptions")
        # Left out in given options it is on; without options AWS leaves it off.
        https = stands(look(options, "enforceHttps"), on=True, absent=True)
        yield "domainEndpointOptions.enforceHttps", all_of((given(options), https))
    else:
        clients = look(props, *_KAFKA_CLIENTS)
        yield ".".join(_KAFKA_CLIENTS), any_of((negated(given(clients)), among(clients, {"TLS"})))


RULE = Rule(
    id="data-encrypted-in-transit",
    title="What holds data is spoken to by TLS only",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever is in the network reads passwords and rows on their way.",
    fix="turn encryption in transit on, in the mode required, and let clients connect by TLS",
    link="https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html",
    applies=(_SEARCH | {_CACHE, _GROUP, _KAFKA, _MEMORY}).__contains__,
    check=check,
)
