"""Cases of `s3-lock-present`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts
from tests.policies.stack import S3_BUCKET, bucket, naming, part

_TOKEN = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"  # noqa: S105 - a type token, no password
_OLD = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"


def _backups(stack: str = "prod", component: str = "backup", data: str = "personal") -> Facts:
    return bucket(stack=stack, tags={"component": component, "data-class": data})


def _rule(mode: Value = "GOVERNANCE", **length: Value) -> dict[str, Value]:
    return {"rule": {"defaultRetention": {"mode": mode, **(length or {"days": 3.0})}}}


_BUCKET = _backups()

PASS = {
    "an empty stack": [],
    "days": [_BUCKET, part(_BUCKET, _TOKEN, "bucket", _rule())],
    "years": [_BUCKET, naming("vault", _TOKEN, "bucket", _rule("COMPLIANCE", years=1.0))],
    "the older type": [_BUCKET, part(_BUCKET, _OLD, "bucket", _rule())],
    "staging may lose it": [_backups("staging")],
    "logs about backups": [_backups(data="internal")],
    "other data": [_backups(component="uploads")],
    "no tags": [bucket(stack="prod")],
}
FAIL = {
    "none": ([_BUCKET], ("bucket",)),
    "confidential backups": ([_backups(data="confidential")], ("bucket",)),
    "no rule": ([_BUCKET, part(_BUCKET, _TOKEN, "bucket", {"objectLockEnabled": "Enabled"})], ("bucket",)),
    "no time": ([_BUCKET, part(_BUCKET, _TOKEN, "bucket", _rule(days=0.0))], ("bucket",)),
    "no mode": ([_BUCKET, part(_BUCKET, _TOKEN, "bucket", _rule(None))], ("bucket",)),
    "another's": ([_BUCKET, naming("other", _TOKEN, "bucket", _rule())], ("bucket",)),
    "the switch alone": (
        [facts(S3_BUCKET, {**_BUCKET.props, "objectLockEnabled": True}, stack="prod")],
        ("bucket",),
    ),
}
PENDING = {
    "a length that was not seen": ([_BUCKET, part(_BUCKET, _TOKEN, "bucket", _rule(days=UNKNOWN))], ("bucket",)),
    "a rule that was not seen": ([_BUCKET, part(_BUCKET, _TOKEN, "bucket", {"rule": UNKNOWN})], ("bucket",)),
}
