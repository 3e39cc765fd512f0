"""Cases of `efs-backed-up`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import facts
from tests.policies.stack import called, naming, part

_FILES = facts("aws:efs/fileSystem:FileSystem", {})
_TOKEN = "aws:efs/backupPolicy:BackupPolicy"  # noqa: S105 - a Pulumi type token, no password


def _status(status: Value) -> dict[str, Value]:
    return {"backupPolicy": {"status": status}}


PASS = {
    "an empty stack": [],
    "on": [_FILES, part(_FILES, _TOKEN, "fileSystemId", _status("ENABLED"))],
    "by its id": [
        facts("aws:efs/fileSystem:FileSystem", {"id": "fs-1"}),
        naming("fs-1", _TOKEN, "fileSystemId", _status("ENABLED")),
    ],
}
FAIL = {
    "none": ([_FILES], ("id",)),
    "off": ([_FILES, part(_FILES, _TOKEN, "fileSystemId", _status("DISABLED"))], ("id",)),
    "one of two": (
        [_FILES, called(_FILES, "other"), part(_FILES, _TOKEN, "fileSystemId", _status("ENABLED"))],
        ("id",),
    ),
}
PENDING = {
    "a status that was not seen": ([_FILES, part(_FILES, _TOKEN, "fileSystemId", _status(UNKNOWN))], ("id",)),
}
