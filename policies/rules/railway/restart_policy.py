"""A service on Railway that ends is started again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.railway import INSTANCE
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Each must say so, and how often; one on a schedule ends by itself."""
    policy = look(facts.props, "restartPolicyType")
    schedule = look(facts.props, "cronSchedule")
    if schedule is UNKNOWN:
        yield Pending(where="cronSchedule")
    elif not schedule:
        yield from demand(policy, _restarts, where="restartPolicyType", what="the service stays down when it ends")
        if policy == "ON_FAILURE":
            yield from demand(
                look(facts.props, "restartPolicyMaxRetries"),
                between(1),
                where="restartPolicyMaxRetries",
                what="the service is never started again, or nobody says how often",
            )


def _restarts(policy: Value) -> bool:
    return policy in ("ALWAYS", "ON_FAILURE")


RULE = Rule(
    id="railway-restart-policy",
    title="Railway services are started again when they end",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="One fault at night is an outage until someone wakes up.",
    fix="set restartPolicyType: ON_FAILURE and restartPolicyMaxRetries, or ALWAYS",
    link="https://docs.railway.com/reference/deployments#restart-policy",
    applies=INSTANCE.__eq__,
    check=check,
)
