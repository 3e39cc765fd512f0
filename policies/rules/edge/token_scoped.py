"""A Cloudflare token may do what it is for, to what it is for, for a time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from policies.domain.demand import demand, present
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation

_TOKENS = ("cloudflare:index/apiToken:ApiToken", "cloudflare:index/accountToken:AccountToken")

#: Permission groups of one policy. A token that runs all of this program needs about ten; one with more is a
#: collection of what there is.
_MOST = 20


def check(facts: Facts) -> Iterator[Result]:
    """It must end at a time, name its resources, and hold some permissions, not all."""
    yield from demand(look(facts.props, "expiresOn"), present, where="expiresOn", what="the token never ends")
    for place, policy in enumerate(entries(look(facts.props, "policies"))):
        if look(policy, "effect") != "deny":
            yield from _policy(f"policies[{place}]", policy)


def _policy(where: str, policy: Value) -> Iterator[Result]:
    groups = entries(look(policy, "permissionGroups"))
    if len(groups) > _MOST:
        yield Violation(where=f"{where}.permissionGroups", what=f"it holds {len(groups)} permissions")
    elif groups == (UNKNOWN,):
        yield Pending(where=f"{where}.permissionGroups")
    resources = look(policy, "resources")
    if resources is UNKNOWN:
        yield Pending(where=f"{where}.resources")
    elif _all(resources):
        yield Violation(where=f"{where}.resources", what="it holds for all resources of a kind, or names none")


def _all(resources: Value) -> bool:
    """Whether resources, given as JSON text, are named by a wildcard anywhere; also where they are no JSON object."""
    try:
        named = json.loads(resources) if isinstance(resources, str) else None
    except (ValueError, RecursionError):
        return True
    return not isinstance(named, Mapping) or _wild(named)


def _wild(named: Mapping[str, Value]) -> bool:
    # Cloudflare nests once: an account, and the zones in it.
    below = [key for part in named.values() if isinstance(part, Mapping) for key in part]
    return any(key.endswith("*") for key in (*named, *below))


RULE = Rule(
    id="cloudflare-token-scoped",
    title="Cloudflare tokens are bound to resources, permissions and a time",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Whoever finds a token that may do all for ever owns every zone of the account, also the one of tomorrow.",
    fix="name zones and accounts by their ids, give the permissions that are used, and set expiresOn",
    link="https://developers.cloudflare.com/fundamentals/api/how-to/restrict-tokens/",
    applies=_TOKENS.__contains__,
    check=check,
)
