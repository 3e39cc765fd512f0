"""UptimeRobot: nothing runs unwatched, and someone hears of it in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.rules.uptime import (
    alerted,
    certificate_end,
    contact_listens,
    cron_watched,
    domain_end,
    domain_watched,
    https,
    integration_https,
    interval,
    named_by_stack,
    not_paused,
    page_shows,
    secrets_marked,
    tls_checked,
    window_bounded,
)

if TYPE_CHECKING:
    from policies.rule import AnyRule

#: The pack, in the order in which its rules are shown.
RULES: tuple[AnyRule, ...] = (
    interval.RULE,
    alerted.RULE,
    tls_checked.RULE,
    certificate_end.RULE,
    domain_end.RULE,
    https.RULE,
    not_paused.RULE,
    domain_watched.RULE,
    cron_watched.RULE,
    contact_listens.RULE,
    integration_https.RULE,
    secrets_marked.RULE,
    window_bounded.RULE,
    page_shows.RULE,
    named_by_stack.RULE,
)
