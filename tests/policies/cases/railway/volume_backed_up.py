"""Cases of `railway-volume-backed-up`, a rule over a whole stack."""

from __future__ import annotations

from tests.policies.make import facts
from tests.policies.stack import called, naming, part

_VOLUME = facts("railway:index:Volume", {"mountPath": "/data"})
_SCHEDULE = "railway:index:VolumeBackupSchedule"

PASS = {
    "an empty stack": [],
    "by the volume's output": [_VOLUME, part(_VOLUME, _SCHEDULE, "volumeInstanceId", {"kinds": ["DAILY"]})],
    "by its id": [
        facts("railway:index:Volume", {"volumeInstanceId": "abc"}),
        naming("abc", _SCHEDULE, "volumeInstanceId", {"kinds": ["DAILY"]}),
    ],
}
FAIL = {
    "none": ([_VOLUME], ("volumeInstanceId",)),
    "one of two": (
        [_VOLUME, called(_VOLUME, "other"), part(_VOLUME, _SCHEDULE, "volumeInstanceId", {})],
        ("volumeInstanceId",),
    ),
    "another part of it": (
        [_VOLUME, part(_VOLUME, "railway:index:ServiceInstance", "volumeInstanceId", {})],
        ("volumeInstanceId",),
    ),
}
PENDING = {
    # What was not seen to belong to a volume does not: the update asks again, with every value known.
    "whose it is": ([_VOLUME, facts(_SCHEDULE, {"kinds": ["DAILY"]})], ("volumeInstanceId",)),
}
