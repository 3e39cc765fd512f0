"""What Cloudflare Access guards, it does not guard for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Facts, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = "cloudflare:index/zeroTrustAccessPolicy:ZeroTrustAccessPolicy"  # noqa: S105 - a Pulumi type, no password


def check(facts: Facts) -> Iterator[Result]:
    """No policy that lets in may include everyone."""
    if look(facts.props, "decision") == "deny":
        return
    for place, included in enumerate(entries(look(facts.props, "includes"))):
        everyone = look(included, "everyone")
        if everyone is UNKNOWN:
            yield Pending(where=f"includes[{place}].everyone")
        elif everyone is not None:
            yield Violation(where=f"includes[{place}].everyone", what="the policy lets everyone in")


RULE = Rule(
    id="access-not-everyone",
    title="No Access policy lets everyone in",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="What is put behind Access is not fit for the public: a console, a dashboard, a staging site.",
    fix="include groups, domains or tokens instead of everyone",
    link="https://developers.cloudflare.com/cloudflare-one/policies/access/",
    applies=_TOKEN.__eq__,
    check=check,
)
