"""What a stack may cost: sizes, bounds, retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.cost import instance_sizes, log_retention, nat_gateways, scale_bounds

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (instance_sizes.RULE, scale_bounds.RULE, nat_gateways.RULE, log_retention.RULE)
