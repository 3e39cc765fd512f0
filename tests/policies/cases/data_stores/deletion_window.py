"""Cases of `data-deletion-window`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_KEYS = ("aws:kms/externalKey:ExternalKey", "aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey")
_WINDOW = ("deletionWindowInDays",)
_RECOVERY = ("recoveryWindowInDays",)


def _key(days: Value, stack: str = "prod") -> Facts:
    return facts("aws:kms/key:Key", {"deletionWindowInDays": days}, stack=stack)


def _secret(days: Value, stack: str = "prod") -> Facts:
    return facts("aws:secretsmanager/secret:Secret", {"recoveryWindowInDays": days}, stack=stack)


PASS = {
    "left out": _key(None),
    **{f"the longest {token}": facts(token, {"deletionWindowInDays": 30.0}, stack="prod") for token in _KEYS},
    "staging may be quick": _key(7.0, "staging"),
    "a secret, left out": _secret(None),
    "a secret, a week": _secret(7.0),
    "a secret of staging": _secret(0.0, "staging"),
}
FAIL = {
    **{token: (facts(token, {"deletionWindowInDays": 29.0}, stack="prod"), _WINDOW) for token in _KEYS},
    "the shortest": (_key(7.0), _WINDOW),
    "a secret, six days": (_secret(6.0), _RECOVERY),
    "a secret at once": (_secret(0.0), _RECOVERY),
    "wrong type: a word": (_key("month"), _WINDOW),
}
PENDING = {
    "a key": (_key(UNKNOWN), ("?deletionWindowInDays",)),
    "a secret": (_secret(UNKNOWN), ("?recoveryWindowInDays",)),
}
