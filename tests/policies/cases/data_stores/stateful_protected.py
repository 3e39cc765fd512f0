"""Cases of `stateful-protected`: the option is always known, so nothing is ever pending."""

from __future__ import annotations

from policies.facts import UNKNOWN
from policies.rules.data_stores.stateful_protected import STATEFUL
from tests.policies.make import facts

PASS = {
    **{f"protected {token}": facts(token, {}, stack="prod", protect=True) for token in sorted(STATEFUL)},
    "staging may lose it": facts("aws:s3/bucket:Bucket", {}, stack="staging"),
    "a product's name is no stack": facts("aws:s3/bucket:Bucket", {}, stack="production-like"),
    "what holds nothing": facts("aws:iam/role:Role", {}, stack="prod"),
}
FAIL = {f"bare {token}": (facts(token, {}, stack="prod"), ("protect",)) for token in sorted(STATEFUL)}
PENDING = {
    "unknown properties hide nothing": (
        facts("aws:kms/key:Key", {"description": UNKNOWN}, stack="prod"),
        ("protect",),
    )
}
