"""Railway: what runs was approved, answers, is limited and backed up, and is reached by the edge alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.railway import (
    backup_daily,
    deployment_bounded,
    domain_port,
    domain_proxied,
    health_check,
    health_timeout,
    image_in_prod,
    image_pinned,
    limits,
    no_pr_environments,
    no_tcp_proxy,
    no_trigger_in_prod,
    restart_policy,
    service_name,
    sleep_off,
    trigger_checked,
    variables,
    volume_backed_up,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    no_pr_environments.RULE,
    service_name.RULE,
    image_pinned.RULE,
    image_in_prod.RULE,
    limits.RULE,
    health_check.RULE,
    health_timeout.RULE,
    restart_policy.RULE,
    sleep_off.RULE,
    variables.RULE,
    volume_backed_up.RULE,
    backup_daily.RULE,
    domain_port.RULE,
    domain_proxied.RULE,
    no_tcp_proxy.RULE,
    trigger_checked.RULE,
    no_trigger_in_prod.RULE,
    deployment_bounded.RULE,
)
