"""An R2 bucket that a custom domain opens is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "cloudflare:index/r2CustomDomain:R2CustomDomain"  # noqa: S105 - a Pulumi type token, no password


def check(facts: Facts) -> Iterator[Result]:
    """A custom domain that is on is advice to look: it is the right way to publish, and publishes all."""
    enabled = look(facts.props, "enabled")
    if enabled is UNKNOWN:
        yield Pending(where="enabled")
    elif enabled is not False:
        domain = look(facts.props, "domain")
        shown = domain if isinstance(domain, str) else "a custom domain"
        yield Violation(where="enabled", what=f"the whole bucket is readable at {shown}")


RULE = Rule(
    id="r2-custom-domain-meant",
    title="An R2 bucket with a custom domain is meant to be public",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.ADVISORY,
    why="A custom domain publishes every object of the bucket, those of tomorrow too.",
    fix="check that the bucket holds public files alone, or put Cloudflare Access before the domain",
    link="https://developers.cloudflare.com/r2/buckets/public-buckets/",
    applies=_TOKEN.__eq__,
    check=check,
)
