"""What Cloudflare Access guards, it does not guard for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.networks import is_world
from policies.domain.verdict import found
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_APPLICATIONS = (
    "cloudflare:index/accessApplication:AccessApplication",
    "cloudflare:index/zeroTrustAccessApplication:ZeroTrustAccessApplication",
)
#: Policies, and groups, which policies take in whole.
_POLICIES = (
    "cloudflare:index/accessGroup:AccessGroup",
    "cloudflare:index/accessPolicy:AccessPolicy",
    "cloudflare:index/zeroTrustAccessGroup:ZeroTrustAccessGroup",
    "cloudflare:index/zeroTrustAccessPolicy:ZeroTrustAccessPolicy",
)


def check(facts: Facts) -> Iterator[Result]:
    """No policy that lets in, of its own or of an application, may include everyone or the world's addresses."""
    if facts.token in _APPLICATIONS:
        for place, policy in enumerate(entries(look(facts.props, "policies"))):
            yield from _policy(f"policies[{place}].", policy)
    else:
        yield from _policy("", facts.props)


def _policy(prefix: str, policy: Value) -> Iterator[Result]:
    if look(policy, "decision") == "deny":
        return
    for place, included in enumerate(entries(look(policy, "includes"))):
        where = f"{prefix}includes[{place}]"
        everyone = look(included, "everyone")
        named = None if everyone is UNKNOWN else everyone is not None
        yield from found(named, f"{where}.everyone", what="the policy lets everyone in")
        world = is_world(look(included, "ip", "ip"))
        yield from found(world, f"{where}.ip.ip", what="the policy lets the world's addresses in")


RULE = Rule(
    id="access-not-everyone",
    title="No Access policy lets everyone in",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="What is put behind Access is not fit for the public: a console, a dashboard, a staging site.",
    fix="include groups, domains or tokens instead of everyone",
    link="https://developers.cloudflare.com/cloudflare-one/policies/access/",
    applies=(*_APPLICATIONS, *_POLICIES).__contains__,
    check=check,
)
