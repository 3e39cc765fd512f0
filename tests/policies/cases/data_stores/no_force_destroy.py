"""Cases of `data-no-force-destroy`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from policies.rules.data_stores.no_force_destroy import SWITCH
from tests.policies.make import facts

_BUCKET = "aws:s3/bucket:Bucket"

PASS = {
    "left out": facts(_BUCKET, {}, stack="prod"),
    "off": facts(_BUCKET, {"forceDestroy": False}, stack="prod"),
    "staging may lose it": facts(_BUCKET, {"forceDestroy": True}, stack="staging"),
    "a user": facts("aws:iam/user:User", {"forceDestroy": True}, stack="prod"),
}
FAIL = {
    **{token: (facts(token, {name: True}, stack="prod"), (name,)) for token, name in sorted(SWITCH.items())},
    "wrong type: the word for on": (facts(_BUCKET, {"forceDestroy": "true"}, stack="prod"), ("forceDestroy",)),
    "wrong type: a number": (facts(_BUCKET, {"forceDestroy": 1.0}, stack="prod"), ("forceDestroy",)),
}
PENDING = {"the switch": (facts(_BUCKET, {"forceDestroy": UNKNOWN}, stack="prod"), ("?forceDestroy",))}
