"""What holds data: protected, encrypted, backed up, in two zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.data_stores import (
    backed_up,
    deletion_protection,
    deletion_window,
    efs_backed_up,
    encrypted_at_rest,
    encrypted_in_transit,
    final_snapshot,
    kms_rotation,
    minor_upgrades,
    multi_az,
    no_force_destroy,
    stateful_protected,
    two_instances,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    stateful_protected.RULE,
    deletion_protection.RULE,
    no_force_destroy.RULE,
    final_snapshot.RULE,
    deletion_window.RULE,
    encrypted_at_rest.RULE,
    encrypted_in_transit.RULE,
    kms_rotation.RULE,
    backed_up.RULE,
    efs_backed_up.RULE,
    multi_az.RULE,
    two_instances.RULE,
    minor_upgrades.RULE,
)
