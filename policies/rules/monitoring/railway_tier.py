"""Every service on Railway says whom its alerts reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from policies.domain.railway import SERVICE, VARIABLES
from policies.domain.required import ALERT_TIER_VARIABLE, ALERT_TIERS
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Severity, StackRule, Violation


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """A service can carry no label: one of its variables must name a tier that exists."""
    tiers: defaultdict[str, list[Value]] = defaultdict(list)
    for facts in stack:
        if facts.token == VARIABLES:
            for owner in _owners(facts):
                tiers[owner].append(_tier(facts))
    for service in (facts for facts in stack if facts.token == SERVICE):
        given = look(service.props, "id")
        names = [service.urn, *([given] if isinstance(given, str) else ())]
        if not any(tier in ALERT_TIERS for name in names for tier in tiers[name]):
            yield Violation(urn=service.urn, where="name", what="nobody can tell whom an alert is to reach")


def _owners(facts: Facts) -> set[str]:
    named = look(facts.props, "serviceId")
    return {*facts.depends.get("serviceId", ()), *([named] if isinstance(named, str) else ())}


def _tier(facts: Facts) -> Value:
    """The tier that one of the variables gives."""
    variables = look(facts.props, "variables")
    return variables.get(ALERT_TIER_VARIABLE) if isinstance(variables, Mapping) else None


RULE = StackRule(
    id="railway-alert-tier",
    title="Railway services have an alert tier",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Alerts are routed by it (OB-31): one about a service without a tier reaches nobody.",
    fix=f"give the service the variable {ALERT_TIER_VARIABLE}, one of {', '.join(ALERT_TIERS)}",
    link="https://docs.railway.com/guides/variables",
    check=check,
)
