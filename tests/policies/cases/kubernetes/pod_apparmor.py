"""Cases of `pod-apparmor`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import CRON, UNKNOWN_POD, cron, facts, secured

_AT = f"{CRON}.spec.containers[0].securityContext.appArmorProfile.type"
_POD = f"{CRON}.spec.securityContext.appArmorProfile.type"
_OLD = "container.apparmor.security.beta.kubernetes.io/main"
_LOOSE: Value = {"type": "Unconfined"}


def _annotated(annotations: Value) -> Facts:
    return facts("kubernetes:core/v1:Pod", {"metadata": {"annotations": annotations}, "spec": {}})


PASS = {
    "left out": cron(secured()),
    "the runtime's": cron(secured(appArmorProfile={"type": "RuntimeDefault"})),
    "one of the node": cron(secured(), securityContext={"appArmorProfile": {"type": "Localhost"}}),
    "the old annotation, the runtime's": _annotated({_OLD: "runtime/default"}),
    "the old annotation, one of the node": _annotated({_OLD: "localhost/strict"}),
    "the old annotation, empty": _annotated({_OLD: ""}),
    "another annotation": _annotated({"example.com/apparmor": "unconfined"}),
    "no annotations": _annotated(None),
}
FAIL = {
    "a container": (cron(secured(appArmorProfile=_LOOSE)), (_AT,)),
    "a pod": (cron(secured(), securityContext={"appArmorProfile": _LOOSE}), (_POD,)),
    "a profile of no type": (cron(secured(appArmorProfile={})), (_AT,)),
    "the old annotation": (_annotated({"a": "b", _OLD: "unconfined"}), (f'metadata.annotations["{_OLD}"]',)),
    "the old annotation is no text": (_annotated({_OLD: 7.0}), (f'metadata.annotations["{_OLD}"]',)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, (f"?{CRON}.spec", f"?{CRON}.metadata.annotations")),
    "the type": (cron(secured(appArmorProfile={"type": UNKNOWN})), (f"?{_AT}",)),
    "the profile": (cron(secured(appArmorProfile=UNKNOWN)), (f"?{_AT}",)),
    "the old annotation": (_annotated({_OLD: UNKNOWN}), (f'?metadata.annotations["{_OLD}"]',)),
    "the annotations": (_annotated(UNKNOWN), ("?metadata.annotations",)),
}
