"""What runs in the cluster: Pod Security, limits, probes, images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.kubernetes import (
    pod_drop_capabilities,
    pod_image_pinned,
    pod_no_privilege_escalation,
    pod_non_root,
    pod_patch,
    pod_read_only_root,
    pod_resources,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    pod_non_root.RULE,
    pod_read_only_root.RULE,
    pod_no_privilege_escalation.RULE,
    pod_drop_capabilities.RULE,
    pod_resources.RULE,
    pod_image_pinned.RULE,
    pod_patch.RULE,
)
