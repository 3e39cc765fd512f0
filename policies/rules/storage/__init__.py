"""Buckets: private, encrypted, versioned, with a lifecycle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.storage import (
    r2_custom_domain,
    r2_managed_domain,
    s3_acl,
    s3_block_present,
    s3_bucket_policy,
    s3_public_access_block,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    s3_acl.RULE,
    s3_bucket_policy.RULE,
    s3_public_access_block.RULE,
    s3_block_present.RULE,
    r2_managed_domain.RULE,
    r2_custom_domain.RULE,
)
