"""When objects count as ready."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.plugins.kubernetes.ready import Phase, examine


def _object(api_version: str, kind: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"apiVersion": api_version, "kind": kind, "metadata": {"generation": 2}, **more}


def _conditions(**rows: str) -> dict[str, Any]:
    return {"conditions": [{"type": name, "status": status, "message": "because"} for name, status in rows.items()]}


DEPLOYED = {"observedGeneration": 2, "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2}


@pytest.mark.parametrize(
    ("live", "phase", "reason"),
    [
        (_object("v1", "ConfigMap"), Phase.READY, ""),
        (_object("v1", "Namespace", status={"phase": "Active"}), Phase.READY, ""),
        (_object("v1", "Namespace", status={"phase": "Terminating"}), Phase.WAITING, "phase Terminating"),
        (_object("v1", "PersistentVolumeClaim", status={"phase": "Bound"}), Phase.READY, ""),
        (_object("v1", "PersistentVolumeClaim"), Phase.WAITING, "not bound to a volume yet"),
        (_object("v1", "PersistentVolumeClaim", status={"phase": "Lost"}), Phase.FAILED, "its volume is lost"),
        (_object("v1", "Pod", status={"phase": "Succeeded"}), Phase.READY, ""),
        (_object("v1", "Pod", status={"phase": "Running", **_conditions(Ready="False")}), Phase.WAITING, "because"),
        (_object("v1", "Pod", status={"phase": "Failed"}), Phase.FAILED, "the pod failed"),
        (_object("batch/v1", "Job", status=_conditions(Complete="True")), Phase.READY, ""),
        (_object("batch/v1", "Job", spec={"suspend": True}), Phase.READY, ""),
        (_object("batch/v1", "Job", status=_conditions(Failed="True")), Phase.FAILED, "Failed: because"),
        (_object("batch/v1", "Job", spec={}, status={}), Phase.WAITING, "0 of 1 pods have succeeded"),
        (_object("apps/v1", "Deployment", spec={"replicas": 2}, status=DEPLOYED), Phase.READY, ""),
        (
            _object("apps/v1", "Deployment", spec={"replicas": 3}, status=DEPLOYED),
            Phase.WAITING,
            "2 of 3 replicas are ready",
        ),
        (
            _object("apps/v1", "Deployment", spec={"replicas": 2}, status={**DEPLOYED, "observedGeneration": 1}),
            Phase.WAITING,
            "not yet seen by the deployment controller",
        ),
        (
            _object("apps/v1", "Deployment", spec={"replicas": 2}, status={**DEPLOYED, "replicas": 3}),
            Phase.WAITING,
            "2 of 2 replicas are ready",
        ),
        (
            _object("apiextensions.k8s.io/v1", "CustomResourceDefinition", status=_conditions(Established="True")),
            Phase.READY,
            "",
        ),
        (
            _object("apiextensions.k8s.io/v1", "CustomResourceDefinition", status=_conditions(NamesAccepted="False")),
            Phase.FAILED,
            "its names are not accepted: because",
        ),
    ],
)
def test_examine(live: dict[str, Any], phase: Phase, reason: str) -> None:
    """A kind's own rule tells whether its object is ready, and why not."""
    state = examine(live)
    assert (phase, reason) == (state.phase, state.reason)
