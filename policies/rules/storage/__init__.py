"""Buckets, images, volumes: private, encrypted, versioned, with a lifecycle, locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.storage import (
    ebs_encrypted,
    ecr_encrypted,
    ecr_immutable_tags,
    ecr_scan_on_push,
    r2_custom_domain,
    r2_lifecycle_present,
    r2_lock_present,
    r2_managed_domain,
    s3_acl,
    s3_block_present,
    s3_bucket_policy,
    s3_encrypted,
    s3_lifecycle_aborts_uploads,
    s3_lifecycle_present,
    s3_lock_present,
    s3_policy_present,
    s3_public_access_block,
    s3_tls_only,
    s3_versioning_on,
    s3_versioning_present,
    snapshot_private,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    s3_acl.RULE,
    s3_bucket_policy.RULE,
    s3_public_access_block.RULE,
    s3_block_present.RULE,
    s3_policy_present.RULE,
    s3_tls_only.RULE,
    s3_encrypted.RULE,
    s3_versioning_present.RULE,
    s3_versioning_on.RULE,
    s3_lifecycle_present.RULE,
    s3_lifecycle_aborts_uploads.RULE,
    s3_lock_present.RULE,
    r2_managed_domain.RULE,
    r2_custom_domain.RULE,
    r2_lifecycle_present.RULE,
    r2_lock_present.RULE,
    ecr_immutable_tags.RULE,
    ecr_scan_on_push.RULE,
    ecr_encrypted.RULE,
    ebs_encrypted.RULE,
    snapshot_private.RULE,
)
