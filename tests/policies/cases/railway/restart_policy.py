"""Cases of `railway-restart-policy`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import facts


def _instance(policy: Value = None, retries: Value = None, schedule: Value = None) -> Facts:
    props: dict[str, Value] = {
        "restartPolicyType": policy,
        "restartPolicyMaxRetries": retries,
        "cronSchedule": schedule,
    }
    return facts("railway:index:ServiceInstance", {key: value for key, value in props.items() if value is not None})


PASS = {
    "always": _instance("ALWAYS"),
    "on failure": _instance("ON_FAILURE", 10.0),
    "on failure, once": _instance("ON_FAILURE", 1.0),
    "on a schedule it ends": _instance("NEVER", schedule="0 * * * *"),
}
FAIL = {
    "left out": (_instance(), ("restartPolicyType",)),
    "never": (_instance("NEVER", 10.0), ("restartPolicyType",)),
    "on failure, but no time": (_instance("ON_FAILURE", 0.0), ("restartPolicyMaxRetries",)),
    "on failure, nobody says how often": (_instance("ON_FAILURE"), ("restartPolicyMaxRetries",)),
}
PENDING = {
    "the policy": (_instance(UNKNOWN), ("?restartPolicyType",)),
    "how often": (_instance("ON_FAILURE", UNKNOWN), ("?restartPolicyMaxRetries",)),
    "the schedule": (_instance("NEVER", schedule=UNKNOWN), ("?cronSchedule",)),
}
