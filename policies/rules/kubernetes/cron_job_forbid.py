"""A scheduled job runs once at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.objects import kinds, objects
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts, Value


def check(facts: Facts) -> Iterator[Result]:
    """Each must forbid a second run beside one that has not ended; left out, it is allowed."""
    for job in objects(facts):
        yield from demand(
            job.look("spec", "concurrencyPolicy"),
            _forbids,
            where=job.at("spec.concurrencyPolicy"),
            what="a run may start while the one before it still runs, or ends it",
        )


def _forbids(policy: Value) -> bool:
    return policy == "Forbid"


RULE = Rule(
    id="cron-job-one-at-a-time",
    title="A scheduled job runs once at a time",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Two runs at once write the same backup, and a slow day piles pods up until the node is full.",
    fix="set concurrencyPolicy: Forbid",
    link="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy",
    applies=kinds("batch", "CronJob"),
    check=check,
)
