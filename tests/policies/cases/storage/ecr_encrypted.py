"""Cases of `ecr-encrypted`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_WHERE = ("encryptionConfigurations",)


def _repository(configurations: Value) -> Facts:
    return facts("aws:ecr/repository:Repository", {"encryptionConfigurations": configurations})


PASS = {
    "KMS": _repository([{"encryptionType": "KMS"}]),
    "a key of ours": _repository([{"encryptionType": "KMS", "kmsKey": UNKNOWN}]),
    "two layers": _repository([{"encryptionType": "KMS_DSSE"}]),
}
FAIL = {
    "left out": (_repository(None), _WHERE),
    "none": (_repository([]), _WHERE),
    "ECR's own": (_repository([{"encryptionType": "AES256"}]), _WHERE),
    "no type": (_repository([{}]), _WHERE),
    "wrong type: no list": (_repository({"encryptionType": "KMS"}), _WHERE),
}
PENDING = {
    "the type": (_repository([{"encryptionType": UNKNOWN}]), ("?encryptionConfigurations",)),
    "the configurations": (_repository(UNKNOWN), ("?encryptionConfigurations",)),
}
