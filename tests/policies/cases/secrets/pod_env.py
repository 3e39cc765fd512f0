"""Cases of `pod-env-no-secret`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron

_AT = f"{CRON}.spec.containers[0].env"


def _with(*variables: Value) -> Facts:
    return cron(container(env=list(variables)))


PASS = {
    "no variables": cron(container()),
    "by reference": _with({"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}),
    "no secret": _with({"name": "LOG_LEVEL", "value": "info"}, {"name": "MAX_TOKENS", "value": "4096"}),
    "a path": _with({"name": "GOOGLE_APPLICATION_CREDENTIALS", "value": "/var/run/google/key.json"}),
    "of another variable": _with({"name": "DB_PASSWORD", "value": "$(OTHER_PASSWORD)"}),
    "empty": _with({"name": "DB_PASSWORD", "value": ""}),
    "a name that is no text": _with({"name": 7.0, "value": "hunter2"}),
    "unknown, and by reference": _with({"name": UNKNOWN, "valueFrom": {}}),
}
FAIL = {
    "in plain text": (_with({"name": "A"}, {"name": "DB_PASSWORD", "value": "hunter2"}), (f"{_AT}[1].value",)),
    "hidden by the preview": (_with({"name": "API_TOKEN", "value": "[secret]"}), (f"{_AT}[0].value",)),
    "of an init container": (
        cron(container(), initContainers=[container(env=[{"name": "API_KEY", "value": "hunter2"}])]),
        (f"{CRON}.spec.initContainers[0].env[0].value",),
    ),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the value": (_with({"name": "API_KEY", "value": UNKNOWN}), (f"?{_AT}[0].value",)),
    "the name": (_with({"name": UNKNOWN, "value": "hunter2"}), (f"?{_AT}[0].name",)),
    "the variables": (cron(container(env=UNKNOWN)), (f"?{_AT}[0].name",)),
}
