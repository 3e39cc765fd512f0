"""Cases of `s3-acl-private`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_BUCKET = "aws:s3/bucket:Bucket"
_ACL = "aws:s3/bucketAcl:BucketAcl"
_EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers"
_LOGS = "http://acs.amazonaws.com/groups/s3/LogDelivery"

PASS = {
    "no list": facts(_BUCKET, {}),
    "a private list": facts(_ACL, {"acl": "private"}),
    "a grant to someone": facts(_BUCKET, {"grants": [{"id": "abc", "type": "CanonicalUser"}, {"uri": _LOGS}]}),
    "wrong type: no S3": facts("aws:sqs/queue:Queue", {"acl": "public-read"}),
}
FAIL = {
    "public-read": (facts(_BUCKET, {"acl": "public-read"}), ("acl",)),
    "public-read-write": (facts("aws:s3/bucketV2:BucketV2", {"acl": "public-read-write"}), ("acl",)),
    "everyone with an account": (facts(_ACL, {"acl": "authenticated-read"}), ("acl",)),
    "an older type's list": (facts("aws:s3/bucketAclV2:BucketAclV2", {"acl": "public-read"}), ("acl",)),
    "an object": (facts("aws:s3/bucketObjectv2:BucketObjectv2", {"acl": "public-read"}), ("acl",)),
    "an older type's object": (facts("aws:s3/bucketObject:BucketObject", {"acl": "public-read"}), ("acl",)),
    "a copy": (facts("aws:s3/objectCopy:ObjectCopy", {"acl": "public-read"}), ("acl",)),
    "a grant to everyone with an account": (
        facts(_BUCKET, {"grants": [{"uri": "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"}]}),
        ("grants[0].uri",),
    ),
    "a grant": (facts(_BUCKET, {"grants": [{"uri": _LOGS}, {"uri": _EVERYONE}]}), ("grants[1].uri",)),
    "a grant of a policy": (
        facts(_ACL, {"accessControlPolicy": {"grants": [{"grantee": {"uri": _EVERYONE}}]}}),
        ("accessControlPolicy.grants[0].grantee.uri",),
    ),
}
PENDING = {
    "the list": (facts(_BUCKET, {"acl": UNKNOWN}), ("?acl",)),
    "a grant": (facts(_BUCKET, {"grants": UNKNOWN}), ("?grants[0].uri",)),
    "the policy": (facts(_ACL, {"accessControlPolicy": UNKNOWN}), ("?accessControlPolicy.grants[0].grantee.uri",)),
}
