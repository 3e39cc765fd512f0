"""Cases of `data-deletion-protection`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from policies.rules.data_stores.deletion_protection import SWITCH
from tests.policies.make import facts

_DB = "aws:rds/instance:Instance"
_POOL = "aws:cognito/userPool:UserPool"

PASS = {
    "on": facts(_DB, {"deletionProtection": True}, stack="prod"),
    "a pool": facts(_POOL, {"deletionProtection": "ACTIVE"}, stack="prod"),
    "staging may lose it": facts(_DB, {}, stack="staging"),
    "what cannot be": facts("aws:elasticache/replicationGroup:ReplicationGroup", {}, stack="prod"),
}
FAIL = {
    **{f"left out {token}": (facts(token, {}, stack="prod"), (name,)) for token, name in sorted(SWITCH.items())},
    "off": (facts(_DB, {"deletionProtection": False}, stack="prod"), ("deletionProtection",)),
    "a pool": (facts(_POOL, {"deletionProtection": "INACTIVE"}, stack="prod"), ("deletionProtection",)),
    "wrong type: a switch for a pool": (
        facts(_POOL, {"deletionProtection": True}, stack="prod"),
        ("deletionProtection",),
    ),
}
PENDING = {
    "the switch": (facts(_DB, {"deletionProtection": UNKNOWN}, stack="prod"), ("?deletionProtection",)),
    "a pool": (facts(_POOL, {"deletionProtection": UNKNOWN}, stack="prod"), ("?deletionProtection",)),
}
