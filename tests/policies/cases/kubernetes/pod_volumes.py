"""Cases of `pod-volumes`."""

from __future__ import annotations

from policies.facts import UNKNOWN, Facts, Value
from tests.policies.make import CRON, UNKNOWN_POD, UNKNOWN_POD_SAID, cron, secured

_AT = f"{CRON}.spec.volumes"
_ALLOWED = (
    *("configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim"),
    *("projected", "secret"),
)


def _with(*volumes: Value) -> Facts:
    return cron(secured(), volumes=list(volumes))


PASS = {
    "none": cron(secured()),
    **{kind: _with({"name": "a", kind: {}}) for kind in _ALLOWED},
    "no source is an emptyDir": _with({"name": "a"}),
    "a source that is left out": _with({"name": "a", "hostPath": None, "secret": {"secretName": "x"}}),
}
FAIL = {
    "a folder of the node": (_with({"name": "a", "hostPath": {"path": "/"}}), (f"{_AT}[0].hostPath",)),
    "a foreign store": (
        _with({"name": "a", "emptyDir": {}}, {"name": "b", "nfs": {"server": "x"}}),
        (f"{_AT}[1].nfs",),
    ),
    "beside an allowed source": (_with({"name": "a", "emptyDir": {}, "hostPath": {}}), (f"{_AT}[0].hostPath",)),
    "a source of tomorrow": (_with({"name": "a", "quantumDisk": {}}), (f"{_AT}[0].quantumDisk",)),
}
PENDING = {
    "the pod": (UNKNOWN_POD, UNKNOWN_POD_SAID),
    "the volumes": (cron(secured(), volumes=UNKNOWN), (f"?{_AT}[0]",)),
    "a source": (_with({"name": "a", "hostPath": UNKNOWN}), (f"?{_AT}[0].hostPath",)),
}
