"""Cases of `cron-job-one-at-a-time`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_TOKEN = "kubernetes:batch/v1:CronJob"  # noqa: S105 - a Pulumi type token, no password

PASS = {
    "forbidden": facts(_TOKEN, {"spec": {"concurrencyPolicy": "Forbid"}}),
    "a job by itself": facts("kubernetes:batch/v1:Job", {"spec": {}}),
}
FAIL = {
    "left out, it is allowed": (facts(_TOKEN, {"spec": {}}), ("spec.concurrencyPolicy",)),
    "allowed": (facts(_TOKEN, {"spec": {"concurrencyPolicy": "Allow"}}), ("spec.concurrencyPolicy",)),
    "replaced": (facts(_TOKEN, {"spec": {"concurrencyPolicy": "Replace"}}), ("spec.concurrencyPolicy",)),
    "an old version": (facts("kubernetes:batch/v1beta1:CronJob", {}), ("spec.concurrencyPolicy",)),
    "in a list": (facts(f"{_TOKEN}List", {"items": [{}]}), ("items[0].spec.concurrencyPolicy",)),
}
PENDING = {"the policy": (facts(_TOKEN, {"spec": {"concurrencyPolicy": UNKNOWN}}), ("?spec.concurrencyPolicy",))}
