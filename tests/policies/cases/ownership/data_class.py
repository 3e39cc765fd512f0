"""Cases of `aws-data-class`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from policies.rules.ownership.data_class import STORES
from tests.policies.make import facts

_BUCKET = "aws:s3/bucket:Bucket"
_WHERE = ("tags.data-class",)

PASS = {
    "personal": facts(_BUCKET, {"tags": {"data-class": "personal"}}),
    "internal": facts("aws:rds/instance:Instance", {"tags": {"data-class": "internal"}}),
    "what is missing is another rule's": facts(_BUCKET, {}),
    "what holds none": facts("aws:iam/role:Role", {"tags": {"data-class": "none"}}),
}
FAIL = {token: (facts(token, {"tags": {"data-class": "none"}}), _WHERE) for token in sorted(STORES)}
PENDING = {
    "the class": (facts(_BUCKET, {"tags": {"data-class": UNKNOWN}}), ("?tags.data-class",)),
    "the tags": (facts(_BUCKET, {"tags": UNKNOWN}), ("?tags.data-class",)),
}
