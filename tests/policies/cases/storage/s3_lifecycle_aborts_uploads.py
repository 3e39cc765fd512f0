"""Cases of `s3-lifecycle-aborts-uploads`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"  # noqa: S105 - a type token, no password
_EXPIRES: Value = {"id": "a", "status": "Enabled", "expiration": {"days": 30.0}, "filter": {"prefix": "logs/"}}


def _aborts(**changes: Value) -> dict[str, Value]:
    good: dict[str, Value] = {
        "id": "uploads",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 1.0},
    }
    return {key: value for key, value in (good | changes).items() if value is not None}


def _lifecycle(*rules: Value, token: str = _TOKEN) -> Facts:
    return facts(token, {"bucket": "b", "rules": list(rules)})


PASS = {
    "all objects": _lifecycle(_aborts()),
    "among others": _lifecycle(_EXPIRES, _aborts()),
    "no filter": _lifecycle(_aborts(filter=None)),
    "an empty filter": _lifecycle(_aborts(filter={})),
    "an empty prefix of the older form": _lifecycle(_aborts(filter=None, prefix="")),
    "one that is off beside one that is on": _lifecycle(_aborts(status="Disabled"), _aborts()),
    "one that is not known beside one that is": _lifecycle(UNKNOWN, _aborts()),
}
FAIL = {
    "no rules": (_lifecycle(), ("rules",)),
    "rules left out": (facts(_TOKEN, {"bucket": "b"}), ("rules",)),
    "other rules only": (_lifecycle(_EXPIRES), ("rules",)),
    "off": (_lifecycle(_aborts(status="Disabled")), ("rules",)),
    "one prefix": (_lifecycle(_aborts(filter={"prefix": "logs/"})), ("rules",)),
    "one prefix of the older form": (_lifecycle(_aborts(filter=None, prefix="logs/")), ("rules",)),
    "one tag": (_lifecycle(_aborts(filter={"tag": {"key": "a", "value": "b"}})), ("rules",)),
    "one size": (_lifecycle(_aborts(filter={"objectSizeGreaterThan": 10.0})), ("rules",)),
    "small ones": (_lifecycle(_aborts(filter={"objectSizeLessThan": 10.0})), ("rules",)),
    "several filters": (_lifecycle(_aborts(filter={"and": {"prefix": "a/"}})), ("rules",)),
    "no days": (_lifecycle(_aborts(abortIncompleteMultipartUpload={})), ("rules",)),
    "never": (_lifecycle(_aborts(abortIncompleteMultipartUpload={"daysAfterInitiation": 0.0})), ("rules",)),
    "the older type": (
        _lifecycle(_EXPIRES, token="aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2"),  # noqa: S106 - a type
        ("rules",),
    ),
    "wrong type: days that are none": (
        _lifecycle(_aborts(abortIncompleteMultipartUpload={"daysAfterInitiation": "soon"})),
        ("rules",),
    ),
    "wrong type: rules that are no list": (facts(_TOKEN, {"rules": "x"}), ("rules",)),
}
PENDING = {
    "the rules": (facts(_TOKEN, {"rules": UNKNOWN}), ("?rules",)),
    "one of the rules": (_lifecycle(_EXPIRES, UNKNOWN), ("?rules",)),
    "the status": (_lifecycle(_aborts(status=UNKNOWN)), ("?rules",)),
    "the filter": (_lifecycle(_aborts(filter=UNKNOWN)), ("?rules",)),
    "the days": (_lifecycle(_aborts(abortIncompleteMultipartUpload=UNKNOWN)), ("?rules",)),
}
