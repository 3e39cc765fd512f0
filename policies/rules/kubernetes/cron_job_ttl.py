"""Ended runs of a scheduled job are cleared away.

Not a job that the program declares itself: cleared away, the next update would run it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.objects import kinds, objects
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """Each scheduled job must say after how many seconds an ended run goes."""
    keys = ("spec", "jobTemplate", "spec", "ttlSecondsAfterFinished")
    for job in objects(facts):
        yield from demand(
            job.look(*keys),
            between(0),
            where=job.at(*keys),
            what="an ended run stays, with its pods and their volumes",
        )


RULE = Rule(
    id="cron-job-cleared-away",
    title="Ended runs of a scheduled job are cleared away",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="Ended pods count against quotas and hold their claims, until nothing new can start.",
    fix="set ttlSecondsAfterFinished in the job's spec; a day lets a person read what happened",
    link="https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/",
    applies=kinds("batch", "CronJob"),
    check=check,
)
