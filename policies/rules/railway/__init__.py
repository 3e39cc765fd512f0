"""Railway: services that are asked for their health, restarted, awake, and reached by the edge alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.railway import (
    health_check,
    no_tcp_proxy,
    restart_policy,
    sleep_off,
    variables,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    health_check.RULE,
    restart_policy.RULE,
    no_tcp_proxy.RULE,
    variables.RULE,
    sleep_off.RULE,
)
