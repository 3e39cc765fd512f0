"""A job that hangs is ended, and a run that is too late is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.objects import kinds, objects
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

_SCHEDULED = kinds("batch", "CronJob")

#: Seconds, the controller's own pace: with less, runs are skipped (Kubernetes, "CronJob", "Deadline for delayed Job
#: start").
_LEAST_START = 10


def check(facts: Facts) -> Iterator[Result]:
    """Each job must say how long it may run; each scheduled one also how late it may start."""
    scheduled = _SCHEDULED(facts.token)
    keys = ("spec", "jobTemplate", "spec") if scheduled else ("spec",)
    for job in objects(facts):
        yield from demand(
            job.look(*keys, "activeDeadlineSeconds"),
            between(1),
            where=job.at(*keys, "activeDeadlineSeconds"),
            what="a run that hangs goes on for ever",
        )
        if scheduled:
            yield from demand(
                job.look("spec", "startingDeadlineSeconds"),
                between(_LEAST_START),
                where=job.at("spec.startingDeadlineSeconds"),
                what="after 100 missed runs the job is never started again",
                fix=f"set startingDeadlineSeconds, at least {_LEAST_START}",
            )


RULE = Rule(
    id="job-deadline",
    title="Jobs have a deadline",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="A run that hangs keeps every later one from starting, and no alert on failed runs ever fires.",
    fix="set activeDeadlineSeconds in the job's spec",
    link="https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    applies=kinds("batch", "Job", "CronJob"),
    check=check,
)
