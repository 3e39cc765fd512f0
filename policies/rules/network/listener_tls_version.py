"""A load balancer refuses old versions of TLS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.verdict import Verdict, all_of, among, found, negated
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKENS = frozenset({"aws:lb/listener:Listener", "aws:alb/listener:Listener"})
#: Beginnings of the policies that start at TLS 1.2 or 1.3 (Elastic Load Balancing, "Security policies").
_GOOD = tuple(f"ELBSecurityPolicy-{name}" for name in ("TLS13-1-2-", "TLS13-1-3-", "TLS-1-2-", "FS-1-2-"))


def check(facts: Facts) -> Iterator[Result]:
    """A TLS listener must name a policy that starts at TLS 1.2; left out it is one of 2016, which starts at 1.0."""
    protocol = look(facts.props, "protocol")
    tls = among(protocol.upper() if isinstance(protocol, str) else protocol, {"HTTPS", "TLS"})
    broken = all_of((tls, negated(_good(look(facts.props, "sslPolicy")))))
    yield from found(broken, "sslPolicy", what="the listener speaks TLS 1.0 and 1.1 too")


def _good(policy: Value) -> Verdict:
    return None if policy is UNKNOWN else isinstance(policy, str) and policy.startswith(_GOOD)


RULE = Rule(
    id="network-listener-tls-version",
    title="A load balancer speaks TLS 1.2 or newer",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Older versions can be broken into by whoever is on the way; no browser of today needs them.",
    fix="set sslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06",
    link="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    applies=_TOKENS.__contains__,
    check=check,
)
