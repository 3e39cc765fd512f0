"""Cases of `volume-not-of-node`."""

from __future__ import annotations

from policies.facts import UNKNOWN
from tests.policies.make import facts

_TOKEN = "kubernetes:core/v1:PersistentVolume"  # noqa: S105 - a Pulumi type token, no password

PASS = {
    "by a driver": facts(_TOKEN, {"spec": {"csi": {"driver": "ebs.csi.aws.com", "volumeHandle": "vol-1"}}}),
    "no source": facts(_TOKEN, {"spec": {}}),
}
FAIL = {
    "a folder": (facts(_TOKEN, {"spec": {"hostPath": {"path": "/etc"}}}), ("spec.hostPath",)),
    "a disk": (facts(_TOKEN, {"spec": {"local": {"path": "/mnt"}}}), ("spec.local",)),
    "in a list": (
        facts(f"{_TOKEN}List", {"items": [{}, {"spec": {"hostPath": {"path": "/"}}}]}),
        ("items[1].spec.hostPath",),
    ),
}
PENDING = {"the source": (facts(_TOKEN, {"spec": UNKNOWN}), ("?spec.hostPath", "?spec.local"))}
