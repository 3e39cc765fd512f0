"""Cases of `data-encrypted-in-transit`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_CACHE = "aws:elasticache/cluster:Cluster"
_MEMORY = "aws:memorydb/cluster:Cluster"
_SWITCH = ("transitEncryptionEnabled",)
_NODES = "nodeToNodeEncryption.enabled"
_HTTPS = "domainEndpointOptions.enforceHttps"
_CLIENTS = "encryptionInfo.encryptionInTransit.clientBroker"


def _group(**props: Value) -> Facts:
    return facts("aws:elasticache/replicationGroup:ReplicationGroup", props)


def _domain(nodes: Value, options: Value, token: str = "aws:opensearch/domain:Domain") -> Facts:  # noqa: S107 - a type
    return facts(token, {"nodeToNodeEncryption": nodes, "domainEndpointOptions": options})


def _kafka(**transit: Value) -> Facts:
    return facts("aws:msk/cluster:Cluster", {"encryptionInfo": {"encryptionInTransit": transit}})


_ON: Value = {"enabled": True}

PASS = {
    "Redis": _group(transitEncryptionEnabled=True),
    "Redis that demands it": _group(transitEncryptionEnabled=True, transitEncryptionMode="required"),
    "Redis of the world": _group(globalReplicationGroupId="x"),
    "Memcached": facts(_CACHE, {"engine": "memcached", "transitEncryptionEnabled": True}),
    "one Redis node is another rule's": facts(_CACHE, {"engine": "redis"}),
    "MemoryDB that says nothing": facts(_MEMORY, {}),
    "a search domain": _domain(_ON, {"enforceHttps": True}),
    "a search domain with other options": _domain(_ON, {"tlsSecurityPolicy": "Policy-Min-TLS-1-2-2019-07"}),
    "Kafka": _kafka(clientBroker="TLS"),
    "Kafka that says nothing": facts("aws:msk/cluster:Cluster", {}),
}
FAIL = {
    "Redis, left out": (_group(), _SWITCH),
    "Redis": (_group(transitEncryptionEnabled=False), _SWITCH),
    "Redis that prefers it": (
        _group(transitEncryptionEnabled=True, transitEncryptionMode="preferred"),
        ("transitEncryptionMode",),
    ),
    "Memcached": (facts(_CACHE, {"engine": "memcached"}), _SWITCH),
    "MemoryDB": (facts(_MEMORY, {"tlsEnabled": False}), ("tlsEnabled",)),
    "a search domain that says nothing": (_domain(None, None), (_NODES, _HTTPS)),
    "an older search domain": (_domain(_ON, None, "aws:elasticsearch/domain:Domain"), (_HTTPS,)),
    "a search domain by HTTP": (_domain(_ON, {"enforceHttps": False}), (_HTTPS,)),
    "a search domain among its nodes": (_domain({"enabled": False}, {"enforceHttps": True}), (_NODES,)),
    "Kafka by both": (_kafka(clientBroker="TLS_PLAINTEXT"), (_CLIENTS,)),
    "Kafka in clear": (_kafka(clientBroker="PLAINTEXT"), (_CLIENTS,)),
    "wrong type: a number": (_group(transitEncryptionEnabled=1.0), _SWITCH),
}
PENDING = {
    "the switch": (_group(transitEncryptionEnabled=UNKNOWN), ("?transitEncryptionEnabled",)),
    "the mode": (
        _group(transitEncryptionEnabled=True, transitEncryptionMode=UNKNOWN),
        ("?transitEncryptionMode",),
    ),
    "the engine": (facts(_CACHE, {"engine": UNKNOWN}), ("?transitEncryptionEnabled",)),
    "MemoryDB": (facts(_MEMORY, {"tlsEnabled": UNKNOWN}), ("?tlsEnabled",)),
    "the options": (_domain(_ON, UNKNOWN), (f"?{_HTTPS}",)),
    "the nodes": (_domain(UNKNOWN, {"enforceHttps": True}), (f"?{_NODES}",)),
    "Kafka": (_kafka(clientBroker=UNKNOWN), (f"?{_CLIENTS}",)),
}
