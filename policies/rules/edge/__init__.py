"""The edge: names proxied, TLS strict, firewall and rate limit on, tokens bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.edge import (
    access_everyone,
    dns_proxied,
    no_allow_all,
    rate_limit_present,
    token_scoped,
    waf_present,
    zone_setting,
    zone_settings_present,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    dns_proxied.RULE,
    zone_setting.RULE,
    zone_settings_present.RULE,
    waf_present.RULE,
    rate_limit_present.RULE,
    no_allow_all.RULE,
    access_everyone.RULE,
    token_scoped.RULE,
)
