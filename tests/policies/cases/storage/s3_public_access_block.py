"""Cases of `s3-public-access-block-complete`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import facts

_BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
_POINT = "aws:s3/accessPoint:AccessPoint"
_ALL: dict[str, Value] = dict.fromkeys(
    ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True
)

PASS = {
    "all on": facts(_BLOCK, _ALL),
    "an access point's are on by themselves": facts(_POINT, {}),
}
FAIL = {
    "one off": (facts(_BLOCK, _ALL | {"ignorePublicAcls": False}), ("ignorePublicAcls",)),
    "left out, they are off": (facts(_BLOCK, {"bucket": "b"}), tuple(_ALL)),
    "the account's": (
        facts(
            "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
            {key: on for key, on in _ALL.items() if key != "blockPublicAcls"},
        ),
        ("blockPublicAcls",),
    ),
    "an access point's": (
        facts(_POINT, {"publicAccessBlockConfiguration": {"blockPublicPolicy": False}}),
        ("publicAccessBlockConfiguration.blockPublicPolicy",),
    ),
}
PENDING = {"one setting": (facts(_BLOCK, _ALL | {"blockPublicAcls": UNKNOWN}), ("?blockPublicAcls",))}
