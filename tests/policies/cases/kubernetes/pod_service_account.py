"""Cases of `pod-service-account`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron

_AT = f"{CRON}.spec.serviceAccountName"

PASS = {
    "one of its own": cron(container(), serviceAccountName="backup"),
    "by the old name of the field": cron(container(), serviceAccount="backup"),
}
FAIL = {
    "left out": (cron(container()), (_AT,)),
    "empty": (cron(container(), serviceAccountName=""), (_AT,)),
    "the default one": (cron(container(), serviceAccountName="default"), (_AT,)),
    "the default one by the old name": (cron(container(), serviceAccount="default"), (_AT,)),
    "the new name counts": (cron(container(), serviceAccountName="default", serviceAccount="backup"), (_AT,)),
    "no text": (cron(container(), serviceAccountName=7.0), (_AT,)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the name": (cron(container(), serviceAccountName=UNKNOWN), (f"?{_AT}",)),
}
