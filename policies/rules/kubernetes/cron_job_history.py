"""Ended runs of a scheduled job do not pile up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.objects import kinds, objects
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

#: Runs that may be kept, of each kind: enough for a person to look at, little enough for any cluster.
_MOST = 10


def check(facts: Facts) -> Iterator[Result]:
    """Each must say how many runs that ended well, and how many that failed, are kept."""
    for job in objects(facts):
        for key in ("successfulJobsHistoryLimit", "failedJobsHistoryLimit"):
            yield from demand(
                job.look("spec", key),
                between(0, _MOST),
                where=job.at("spec", key),
                what=f"{key} is no number up to {_MOST}",
            )


RULE = Rule(
    id="cron-job-history-bounded",
    title="A scheduled job keeps a bounded history",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="Every kept run is a job and its pods in the control plane: what nobody bounds fills it.",
    fix=f"set successfulJobsHistoryLimit and failedJobsHistoryLimit, up to {_MOST}; 1 to 3 serve a person",
    link="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits",
    applies=kinds("batch", "CronJob"),
    check=check,
)
