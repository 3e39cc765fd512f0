"""No R2 bucket is served from its r2.dev address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "cloudflare:index/r2ManagedDomain:R2ManagedDomain"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """The managed domain must be off."""
    enabled = look(facts.props, "enabled")
    if enabled is UNKNOWN:
        yield Pending(where="enabled")
    elif enabled is not False:
        yield Violation(where="enabled", what="the bucket is public at its r2.dev address")


RULE = Rule(
    id="r2-managed-domain-off",
    title="No R2 bucket is public at its r2.dev address",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="That address has no access rules, no firewall and no cache: everyone reads every object.",
    fix="set enabled: false; what must be public gets a custom domain in a zone with a firewall",
    link="https://developers.cloudflare.com/r2/buckets/public-buckets/",
    applies=_TOKEN.__eq__,
    check=check,
)
