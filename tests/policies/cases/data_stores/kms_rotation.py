"""Cases of `kms-rotation`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_WHERE = ("enableKeyRotation",)


def _key(**props: Value) -> Facts:
    return facts("aws:kms/key:Key", props)


PASS = {
    "on": _key(enableKeyRotation=True),
    "on, by its kind": _key(customerMasterKeySpec="SYMMETRIC_DEFAULT", enableKeyRotation=True),
    "a pair of keys cannot be": _key(customerMasterKeySpec="RSA_4096"),
    "a key for codes cannot be": _key(customerMasterKeySpec="HMAC_256", keyUsage="GENERATE_VERIFY_MAC"),
    "a key of one's own store cannot be": _key(customKeyStoreId="cks-1"),
    "not known which, but on": _key(customerMasterKeySpec=UNKNOWN, enableKeyRotation=True),
}
FAIL = {
    "left out": (_key(), _WHERE),
    "off": (_key(enableKeyRotation=False), _WHERE),
    "off, by its kind": (_key(customerMasterKeySpec="SYMMETRIC_DEFAULT"), _WHERE),
    "wrong type: the word for off": (_key(enableKeyRotation="false"), _WHERE),
}
PENDING = {
    "the switch": (_key(enableKeyRotation=UNKNOWN), ("?enableKeyRotation",)),
    "the kind": (_key(customerMasterKeySpec=UNKNOWN), ("?enableKeyRotation",)),
    "the store": (_key(customKeyStoreId=UNKNOWN), ("?enableKeyRotation",)),
}
