"""Cases of `pod-token-asked-for`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, container, cron

_AT = f"{CRON}.spec.automountServiceAccountToken"

PASS = {
    "refused": cron(container(), automountServiceAccountToken=False),
    "asked for": cron(container(), automountServiceAccountToken=True),
}
FAIL = {
    "left out, there is one": (cron(container()), (_AT,)),
    "text is no answer": (cron(container(), automountServiceAccountToken="false"), (_AT,)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the answer": (cron(container(), automountServiceAccountToken=UNKNOWN), (f"?{_AT}",)),
}
