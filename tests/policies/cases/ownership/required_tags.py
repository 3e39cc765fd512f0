"""Cases of `aws-required-tags`."""

from __future__ import annotations

from policies.domain.required import TAGS
from policies.facts import UNKNOWN, Value
from tests.policies.make import facts

_BUCKET = "aws:s3/bucket:Bucket"
_TAGS: dict[str, Value] = dict.fromkeys(TAGS, "some")
_LIST: list[Value] = [{"key": key, "value": "some", "propagateAtLaunch": True} for key in TAGS]

PASS = {
    "all, and one more": facts(_BUCKET, {"tags": _TAGS | {"more": "x"}}),
    "a list of keys and values": facts("aws:autoscaling/group:Group", {"tags": _LIST}),
    "a type without tags": facts("aws:s3/bucketVersioning:BucketVersioning", {}),
    "an object is data": facts("aws:s3/bucketObjectv2:BucketObjectv2", {}),
    "another cloud": facts("cloudflare:index/r2Bucket:R2Bucket", {}),
}
FAIL = {
    "none": (facts(_BUCKET, {}), ("tags",)),
    "one missing": (facts(_BUCKET, {"tags": {key: "some" for key in TAGS if key != "owner"}}), ("tags",)),
    "one empty": (facts(_BUCKET, {"tags": _TAGS | {"owner": ""}}), ("tags",)),
    "one missing from a list": (facts("aws:autoscaling/group:Group", {"tags": _LIST[1:]}), ("tags",)),
    "one missing, one not known": (
        facts(_BUCKET, {"tags": {key: UNKNOWN for key in TAGS if key == "owner"}}),
        ("tags", "?tags.owner"),
    ),
}
PENDING = {
    "all": (facts(_BUCKET, {"tags": UNKNOWN}), ("?tags",)),
    "one value": (facts(_BUCKET, {"tags": _TAGS | {"owner": UNKNOWN}}), ("?tags.owner",)),
    "a key of a list": (facts("aws:autoscaling/group:Group", {"tags": [UNKNOWN]}), ("?tags",)),
}
