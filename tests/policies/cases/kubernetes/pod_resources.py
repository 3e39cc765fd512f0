"""Cases of `pod-resources`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Value
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron

_AT = f"{CRON}.spec.containers[0].resources"
_GOOD: dict[str, Value] = {"cpu": "1", "memory": "1Gi"}

PASS = {
    "all four": cron(container(resources={"requests": _GOOD, "limits": _GOOD})),
    "a number is a quantity": cron(container(resources={"requests": _GOOD, "limits": {"cpu": 0.5, "memory": "1Gi"}})),
    "a whole number is one, too": cron(container(resources={"requests": _GOOD, "limits": {"cpu": 1, "memory": "1Gi"}})),
    "a debugging container may have none": cron(container(), ephemeralContainers=[{"name": "debug"}]),
}
FAIL = {
    "none": (
        cron(container(resources=None)),
        (f"{_AT}.requests.cpu", f"{_AT}.requests.memory", f"{_AT}.limits.cpu", f"{_AT}.limits.memory"),
    ),
    "no limit for memory": (
        cron(container(resources={"requests": _GOOD, "limits": {"cpu": "1"}})),
        (f"{_AT}.limits.memory",),
    ),
    "a limit of nothing is none": (
        cron(container(resources={"requests": _GOOD, "limits": {"cpu": "0m", "memory": 0.0}})),
        (f"{_AT}.limits.cpu", f"{_AT}.limits.memory"),
    ),
    "an empty request": (
        cron(container(resources={"requests": {"cpu": "", "memory": "0.0Gi"}, "limits": _GOOD})),
        (f"{_AT}.requests.cpu", f"{_AT}.requests.memory"),
    ),
    "an init container counts": (
        cron(container(), initContainers=[container(resources={"requests": _GOOD, "limits": {"cpu": "1"}})]),
        (f"{CRON}.spec.initContainers[0].resources.limits.memory",),
    ),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "one amount": (
        cron(container(resources={"requests": _GOOD, "limits": {"cpu": UNKNOWN, "memory": "1Gi"}})),
        (f"?{_AT}.limits.cpu",),
    ),
    "the limits": (
        cron(container(resources={"requests": _GOOD, "limits": UNKNOWN})),
        (f"?{_AT}.limits.cpu", f"?{_AT}.limits.memory"),
    ),
}
