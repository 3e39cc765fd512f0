"""Cases of `cron-job-history-bounded`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "kubernetes:batch/v1:CronJob"  # noqa: S105 - a Pulumi type token, no password
_ENDED = "spec.successfulJobsHistoryLimit"
_FAILED = "spec.failedJobsHistoryLimit"


def _job(ended: Value, failed: Value) -> Facts:
    return facts(_TOKEN, {"spec": {"successfulJobsHistoryLimit": ended, "failedJobsHistoryLimit": failed}})


PASS = {"none": _job(0, 0), "some": _job(3.0, 1.0), "the most": _job(10, 10.0)}
FAIL = {
    "left out": (facts(_TOKEN, {"spec": {}}), (_ENDED, _FAILED)),
    "too many": (_job(11.0, 3.0), (_ENDED,)),
    "too many that failed": (_job(3.0, 100.0), (_FAILED,)),
    "less than none": (_job(-1.0, 1.0), (_ENDED,)),
    "text, the wrong type": (_job("3", 3.0), (_ENDED,)),
    "a switch, the wrong type": (_job(True, 3.0), (_ENDED,)),  # noqa: FBT003 - what a program may give by mistake
}
PENDING = {"one of them": (_job(UNKNOWN, 3.0), (f"?{_ENDED}",))}
