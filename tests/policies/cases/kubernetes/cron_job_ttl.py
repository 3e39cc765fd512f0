"""Cases of `cron-job-cleared-away`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts

_TOKEN = "kubernetes:batch/v1:CronJob"  # noqa: S105 - a Pulumi type token, no password
_AT = "spec.jobTemplate.spec.ttlSecondsAfterFinished"


def _job(seconds: Value) -> Facts:
    return facts(_TOKEN, {"spec": {"jobTemplate": {"spec": {"ttlSecondsAfterFinished": seconds}}}})


PASS = {
    "a day": _job(86400.0),
    "at once": _job(0),
    "a job by itself would be run again": facts("kubernetes:batch/v1:Job", {"spec": {}}),
}
FAIL = {
    "left out": (facts(_TOKEN, {"spec": {}}), (_AT,)),
    "before it ends": (_job(-1.0), (_AT,)),
    "in a list": (facts(f"{_TOKEN}List", {"items": [{}]}), (f"items[0].{_AT}",)),
}
PENDING = {"the seconds": (_job(UNKNOWN), (f"?{_AT}",))}
