"""No zone is left with Cloudflare's own settings where those do not guard its visitors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from policies.domain.zones import SETTING, without
from policies.facts import Facts, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each zone must have each setting; its value is judged where it is declared."""
    for setting in ("ssl", "always_use_https", "min_tls_version", "security_header"):
        for zone in without(stack, SETTING, partial(_sets, setting)):
            yield Violation(urn=zone.urn, where=zone.where, what=f"nothing in the stack sets the zone's {setting}")


def _sets(setting: str, facts: Facts) -> bool:
    return look(facts.props, "settingId") == setting


RULE = StackRule(
    id="zone-settings-present",
    title="Every zone has its TLS settings",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A new zone serves without TLS, takes TLS 1.0 and sends no HSTS until someone sets otherwise.",
    fix="declare a ZoneSetting with this zone for it",
    link="https://developers.cloudflare.com/ssl/edge-certificates/additional-options/",
    check=check,
)
