"""What holds data is encrypted where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.replicas import is_replica
from policies.domain.verdict import Verdict, all_of, among, any_of, found, given, negated, stands
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_CACHE = "aws:elasticache/cluster:Cluster"
_QUEUE = "aws:sqs/queue:Queue"
_STREAM = "aws:kinesis/stream:Stream"
#: Path of the switch, by type; left out it is off, but where `_ON_BY_DEFAULT` says otherwise.
_SWITCH: dict[str, tuple[str, ...]] = {
    "aws:docdb/cluster:Cluster": ("storageEncrypted",),
    "aws:efs/fileSystem:FileSystem": ("encrypted",),
    "aws:elasticache/replicationGroup:ReplicationGroup": ("atRestEncryptionEnabled",),
    "aws:elasticsearch/domain:Domain": ("encryptAtRest", "enabled"),
    "aws:neptune/cluster:Cluster": ("storageEncrypted",),
    "aws:opensearch/domain:Domain": ("encryptAtRest", "enabled"),
    "aws:rds/cluster:Cluster": ("storageEncrypted",),
    "aws:rds/globalCluster:GlobalCluster": ("storageEncrypted",),
    "aws:rds/instance:Instance": ("storageEncrypted",),
    "aws:redshift/cluster:Cluster": ("encrypted",),
}
#: Types whose switch, left out, is on: always, or where a property says this.
_ON_BY_DEFAULT: dict[str, tuple[str, str] | None] = {
    "aws:elasticache/replicationGroup:ReplicationGroup": ("engine", "valkey"),
    "aws:rds/cluster:Cluster": ("engineMode", "serverless"),
    "aws:redshift/cluster:Cluster": None,
}


def check(facts: Facts) -> Iterator[Result]:
    """Its switch must be on. DynamoDB, MemoryDB, MSK, FSx and Secrets Manager encrypt always, and are not asked."""
    where, encrypted = _judge(facts)
    yield from found(negated(encrypted), where, what="the data is not encrypted at rest")


def _judge(facts: Facts) -> tuple[str, Verdict]:
    props = facts.props
    if facts.token == _CACHE:
        # One Redis node alone cannot be encrypted, Memcached keeps nothing on disk, a group says it for its nodes.
        redis = negated(among(look(props, "engine"), {"memcached"}))
        return "engine", any_of((negated(redis), is_replica(facts)))
    if facts.token == _STREAM:
        return "encryptionType", among(look(props, "encryptionType"), {"KMS"})
    if facts.token == _QUEUE:
        # SQS encrypts a queue by its own key, unless told not to.
        own = stands(look(props, "sqsManagedSseEnabled"), on=True, absent=True)
        return "sqsManagedSseEnabled", any_of((own, given(look(props, "kmsMasterKeyId"))))
    path = _SWITCH[facts.token]
    on = stands(look(props, *path), on=True)
    return ".".join(path), any_of((on, is_replica(facts), _by_default(facts, path)))


def _by_default(facts: Facts, path: tuple[str, ...]) -> Verdict:
    if facts.token not in _ON_BY_DEFAULT:
        return False
    left_out = negated(given(look(facts.props, *path)))
    when = _ON_BY_DEFAULT[facts.token]
    return left_out if when is None else all_of((left_out, among(look(facts.props, when[0]), {when[1]})))


RULE = Rule(
    id="data-encrypted-at-rest",
    title="What holds data is encrypted at rest",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A snapshot or a backup in clear is readable by whoever it reaches; most stores cannot be encrypted later.",
    fix="turn the store's encryption on before its first byte; a single Redis node becomes a ReplicationGroup",
    link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
    applies=(_SWITCH.keys() | {_CACHE, _QUEUE, _STREAM}).__contains__,
    check=check,
)
