"""Cases of `iam-no-static-keys`: that there is one is always known, so nothing is ever pending."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_KEY = "aws:iam/accessKey:AccessKey"

PASS = {
    "a role": facts("aws:iam/role:Role", {}),
    "a user without a key": facts("aws:iam/user:User", {"name": "x"}),
}
FAIL = {
    "a key": (facts(_KEY, {"user": "x"}), ("user",)),
    "a key that is off": (facts(_KEY, {"user": "x", "status": "Inactive"}), ("user",)),
    "a password": (facts("aws:iam/userLoginProfile:UserLoginProfile", {"user": "x"}), ("user",)),
    "a credential of a service": (
        facts("aws:iam/serviceSpecificCredential:ServiceSpecificCredential", {"userName": "x", "serviceName": "y"}),
        ("user",),
    ),
}
PENDING = {"unknown properties hide nothing": (facts(_KEY, {"user": UNKNOWN, "status": UNKNOWN}), ("user",))}
