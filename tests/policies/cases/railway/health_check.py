"""Cases of `railway-health-check`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _instance(**props: Value) -> Facts:
    return facts("railway:index:ServiceInstance", props)


PASS = {
    "a path": _instance(healthcheckPath="/api/health"),
    "on a schedule it ends": _instance(cronSchedule="0 * * * *"),
    "a path, whatever the schedule": _instance(healthcheckPath="/api/health", cronSchedule=UNKNOWN),
}
FAIL = {
    "left out": (_instance(), ("healthcheckPath",)),
    "empty": (_instance(healthcheckPath=""), ("healthcheckPath",)),
    "no path": (_instance(healthcheckPath="health"), ("healthcheckPath",)),
    "no text": (_instance(healthcheckPath=True), ("healthcheckPath",)),
    "no schedule": (_instance(cronSchedule=""), ("healthcheckPath",)),
}
PENDING = {
    "the path": (_instance(healthcheckPath=UNKNOWN), ("?healthcheckPath",)),
    "the schedule": (_instance(cronSchedule=UNKNOWN), ("?cronSchedule",)),
}
