"""The rules, one file each; this list is the pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules import (
    pod_drop_capabilities,
    pod_image_pinned,
    pod_no_privilege_escalation,
    pod_non_root,
    pod_patch,
    pod_read_only_root,
    pod_resources,
    r2_custom_domain,
    r2_managed_domain,
    required_labels,
    required_tags,
    s3_acl,
    s3_block_present,
    s3_bucket_policy,
    s3_public_access_block,
    stateful_protected,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: Every rule, in the order in which they are shown.
RULES: tuple[AnyRule, ...] = (
    required_tags.RULE,
    required_labels.RULE,
    s3_acl.RULE,
    s3_bucket_policy.RULE,
    s3_public_access_block.RULE,
    s3_block_present.RULE,
    r2_managed_domain.RULE,
    r2_custom_domain.RULE,
    pod_non_root.RULE,
    pod_read_only_root.RULE,
    pod_no_privilege_escalation.RULE,
    pod_drop_capabilities.RULE,
    pod_resources.RULE,
    pod_image_pinned.RULE,
    pod_patch.RULE,
    stateful_protected.RULE,
)
