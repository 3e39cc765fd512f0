"""Cases of `data-final-snapshot`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from policies.rules.data_stores.final_snapshot import SKIPPABLE
from tests.policies.make import facts

_DB = "aws:rds/instance:Instance"
_GROUP = "aws:elasticache/replicationGroup:ReplicationGroup"
_NAME = "finalSnapshotIdentifier"


def _db(stack: str = "prod", **props: Value) -> Facts:
    return facts(_DB, props, stack=stack)


PASS = {
    "named": _db(finalSnapshotIdentifier="last"),
    "named and not skipped": _db(finalSnapshotIdentifier="last", skipFinalSnapshot=False),
    "a replica": _db(replicateSourceDb="main", skipFinalSnapshot=True),
    "a replica that says nothing": _db(replicateSourceDb="main"),
    "Redis": facts(_GROUP, {_NAME: "last"}, stack="prod"),
    "MemoryDB": facts("aws:memorydb/cluster:Cluster", {"finalSnapshotName": "last"}, stack="prod"),
    "staging needs none": _db("staging", skipFinalSnapshot=True),
}
FAIL = {
    **{
        f"skipped {token}": (facts(token, {"skipFinalSnapshot": True}, stack="prod"), ("skipFinalSnapshot",))
        for token in sorted(SKIPPABLE)
    },
    "skipped, though named": (_db(finalSnapshotIdentifier="last", skipFinalSnapshot=True), ("skipFinalSnapshot",)),
    "nameless": (_db(), (_NAME,)),
    "an empty name": (_db(finalSnapshotIdentifier=""), (_NAME,)),
    "Redis": (facts(_GROUP, {}, stack="prod"), (_NAME,)),
    "MemoryDB": (facts("aws:memorydb/cluster:Cluster", {}, stack="prod"), ("finalSnapshotName",)),
}
PENDING = {
    "whether it is skipped": (_db(skipFinalSnapshot=UNKNOWN, finalSnapshotIdentifier="last"), ("?skipFinalSnapshot",)),
    "whether it is skipped, nameless": (_db(skipFinalSnapshot=UNKNOWN), ("?skipFinalSnapshot", f"?{_NAME}")),
    "the name": (_db(finalSnapshotIdentifier=UNKNOWN), (f"?{_NAME}",)),
    "the source": (_db(replicateSourceDb=UNKNOWN, skipFinalSnapshot=True), ("?skipFinalSnapshot",)),
}
