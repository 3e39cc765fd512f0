"""Cases of `r2-lock-present`, a rule over a whole stack."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts
from tests.policies.stack import R2_BUCKET, naming, part

_TOKEN = "cloudflare:index/r2BucketLock:R2BucketLock"  # noqa: S105 - a Pulumi type token, no password


def _bucket(name: Value = "groundwork-prod-backups", stack: str = "prod") -> Facts:
    return facts(R2_BUCKET, {"name": name}, stack=stack)


def _rule(*, enabled: Value = True, condition: Value = None) -> dict[str, Value]:
    held: Value = {"type": "Age", "maxAgeSeconds": 259200.0} if condition is None else condition
    return {"rules": [{"id": "a", "enabled": enabled, "condition": held, "prefix": "hourly/"}]}


_BUCKET = _bucket()

PASS = {
    "an empty stack": [],
    "for a while": [_BUCKET, part(_BUCKET, _TOKEN, "bucketName", _rule())],
    "for ever, by name": [
        _BUCKET,
        naming("groundwork-prod-backups", _TOKEN, "bucketName", _rule(condition={"type": "Indefinite"})),
    ],
    "staging may lose it": [_bucket("groundwork-staging-backups", "staging")],
    "other data": [_bucket("groundwork-prod-covers")],
    "a name that is not known": [_bucket(UNKNOWN)],
}
FAIL = {
    "none": ([_BUCKET], ("name",)),
    "no rules": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", {})], ("name",)),
    "off": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", _rule(enabled=False))], ("name",)),
    "no condition": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", _rule(condition={}))], ("name",)),
    "another's": ([_BUCKET, naming("other", _TOKEN, "bucketName", _rule())], ("name",)),
}
PENDING = {
    "rules that were not seen": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", {"rules": UNKNOWN})], ("name",)),
    "a switch that was not seen": ([_BUCKET, part(_BUCKET, _TOKEN, "bucketName", _rule(enabled=UNKNOWN))], ("name",)),
}
