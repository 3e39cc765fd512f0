"""Cases of `snapshot-private`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_IMAGE = "aws:ec2/amiLaunchPermission:AmiLaunchPermission"
_SNAPSHOT = "aws:rds/snapshot:Snapshot"


def _shared(accounts: Value, token: str = _SNAPSHOT) -> Facts:
    return facts(token, {"sharedAccounts": accounts})


PASS = {
    "an image for one account": facts(_IMAGE, {"imageId": "ami-1", "accountId": "123456789012"}),
    "a snapshot of one's own": facts(_SNAPSHOT, {}),
    "a snapshot for one account": _shared(["123456789012"]),
}
FAIL = {
    "an image for all": (facts(_IMAGE, {"imageId": "ami-1", "group": "all"}), ("group",)),
    "one among others": (_shared(["123456789012", "all"]), ("sharedAccounts[1]",)),
    **{
        token: (_shared(["all"], token), ("sharedAccounts[0]",))
        for token in (
            "aws:rds/clusterSnapshot:ClusterSnapshot",
            _SNAPSHOT,
            "aws:rds/snapshotCopy:SnapshotCopy",
        )
    },
}
PENDING = {
    "the group": (facts(_IMAGE, {"group": UNKNOWN}), ("?group",)),
    "the accounts": (_shared(UNKNOWN), ("?sharedAccounts[0]",)),
}
