"""Monitoring: whom an alert about something reaches stands with the thing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.monitoring import (
    kubernetes_tier,
    load_balancer_tier,
    railway_tier,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    kubernetes_tier.RULE,
    load_balancer_tier.RULE,
    railway_tier.RULE,
)
