"""Cases of `s3-versioning-on`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_WHERE = "versioningConfiguration.status"


def _versioning(configuration: Value, token: str = "aws:s3/bucketVersioning:BucketVersioning") -> Facts:  # noqa: S107 - a type
    return facts(token, {"bucket": "b", "versioningConfiguration": configuration})


PASS = {
    "on": _versioning({"status": "Enabled"}),
    "with a second factor": _versioning({"status": "Enabled", "mfaDelete": "Enabled"}),
    "a bucket alone": facts("aws:s3/bucket:Bucket", {}),
}
FAIL = {
    "suspended": (_versioning({"status": "Suspended"}), (_WHERE,)),
    "never on": (_versioning({"status": "Disabled"}), (_WHERE,)),
    "no status": (_versioning({}), (_WHERE,)),
    "the older type": (_versioning({"status": "Suspended"}, "aws:s3/bucketVersioningV2:BucketVersioningV2"), (_WHERE,)),
    "wrong type: a switch": (_versioning({"status": True}), (_WHERE,)),
    "wrong type: other letters": (_versioning({"status": "enabled"}), (_WHERE,)),
}
PENDING = {
    "the status": (_versioning({"status": UNKNOWN}), (f"?{_WHERE}",)),
    "the configuration": (_versioning(UNKNOWN), (f"?{_WHERE}",)),
}
