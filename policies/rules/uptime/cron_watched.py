"""A job that runs on a schedule reports, and someone waits for its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.railway import INSTANCE, VARIABLES
from policies.domain.uptimerobot import MONITOR, awaits
from policies.domain.verdict import given
from policies.facts import Facts, look
from policies.rule import Enforcement, Severity, StackRule, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def check(stack: Sequence[Facts]) -> Iterator[Violation]:
    """Each service on a schedule must have a variable that was computed from a heartbeat of the stack."""
    heartbeats = {facts.urn for facts in stack if facts.token == MONITOR and awaits(facts)}
    told = [
        facts
        for facts in stack
        if facts.token == VARIABLES and not heartbeats.isdisjoint(facts.depends.get("variables", ()))
    ]
    crons = [facts for facts in stack if facts.token == INSTANCE and given(look(facts.props, "cronSchedule"))]
    for facts in crons:
        if not any(_same_service(facts, variables) for variables in told):
            yield Violation(urn=facts.urn, where="cronSchedule", what="nobody waits for a report of it")


def _same_service(one: Facts, other: Facts) -> bool:
    """Whether two name the same service, or were computed from the same one."""
    named, too = look(one.props, "serviceId"), look(other.props, "serviceId")
    made, made_too = one.depends.get("serviceId", frozenset()), other.depends.get("serviceId", frozenset())
    return (isinstance(named, str) and named == too) or not made.isdisjoint(made_too)


RULE = StackRule(
    id="uptime-cron-watched",
    title="Every job on a schedule on Railway reports to a heartbeat",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="A job that does not start says nothing, and Railway leaves a run out while the last one hangs: that backups "
    "have stopped is noticed when one is needed.",
    fix="declare a Monitor of type HEARTBEAT, and give its heartbeatUrl to the service as a variable",
    link="https://docs.railway.com/reference/cron-jobs",
    check=check,
)
