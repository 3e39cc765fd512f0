"""Every load balancer says whom its alerts reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.required import ALERT_TIER_TAG, ALERT_TIERS
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_BALANCERS = (
    "aws:alb/loadBalancer:LoadBalancer",
    "aws:elb/loadBalancer:LoadBalancer",
    "aws:lb/loadBalancer:LoadBalancer",
)


def check(facts: Facts) -> Iterator[Result]:
    """It must carry the tag, with a tier that exists."""
    yield from demand(
        look(facts.props, "tags", ALERT_TIER_TAG),
        _exists,
        where=f"tags.{ALERT_TIER_TAG}",
        what="nobody can tell whom an alert is to reach",
    )


def _exists(tier: Value) -> bool:
    return tier in ALERT_TIERS


RULE = Rule(
    id="load-balancer-alert-tier",
    title="Load balancers have an alert tier",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="It is the first to see that a service is down: an alert that is routed nowhere is none (OB-31).",
    fix=f"set the tag {ALERT_TIER_TAG} to one of {', '.join(ALERT_TIERS)}",
    link="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-tags.html",
    applies=_BALANCERS.__contains__,
    check=check,
)
