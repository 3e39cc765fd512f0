"""Cases of `job-deadline`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "kubernetes:batch/v1:CronJob"  # noqa: S105 - a Pulumi type token, no password
_JOB = "kubernetes:batch/v1:Job"
_START = "spec.startingDeadlineSeconds"
_END = "spec.jobTemplate.spec.activeDeadlineSeconds"


def _cron(start: Value, end: Value) -> Facts:
    job: Value = {"spec": {"activeDeadlineSeconds": end}}
    return facts(_TOKEN, {"spec": {"startingDeadlineSeconds": start, "jobTemplate": job}})


PASS = {
    "both": _cron(600.0, 1800.0),
    "the least of both": _cron(10.0, 1.0),
    "a job by itself": facts(_JOB, {"spec": {"activeDeadlineSeconds": 60.0}}),
}
FAIL = {
    "left out": (facts(_TOKEN, {"spec": {}}), (_END, _START)),
    "none": (_cron(600.0, 0.0), (_END,)),
    "sooner than the controller looks": (_cron(9.0, 60.0), (_START,)),
    "text, the wrong type": (_cron("600", 60.0), (_START,)),
    "a job by itself": (facts(_JOB, {}), ("spec.activeDeadlineSeconds",)),
    "in a list": (facts(f"{_JOB}List", {"items": [{}]}), ("items[0].spec.activeDeadlineSeconds",)),
}
PENDING = {
    "the end": (_cron(600.0, UNKNOWN), (f"?{_END}",)),
    "the start": (_cron(UNKNOWN, 60.0), (f"?{_START}",)),
}
