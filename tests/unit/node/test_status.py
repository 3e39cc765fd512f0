"""Phase and conditions of a pod."""

from __future__ import annotations

import datetime as dt

import pytest

from sandbox.node import status
from sandbox.node.state import Running, Terminated, Waiting
from sandbox.node.status import Snapshot, phase

_MOMENT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def _ended(code: int) -> Terminated:
    return Terminated(code, "", _MOMENT, _MOMENT, "")


NEW = Snapshot(Waiting("ContainerCreating"))
RUNS = Snapshot(Running(_MOMENT), started=True)
GOOD = Snapshot(_ended(0))
BAD = Snapshot(_ended(1))
LOOPS = Snapshot(Waiting("CrashLoopBackOff"), last=_ended(1))
SIDECAR = Snapshot(Running(_MOMENT), sidecar=True, started=True)
LATE_SIDECAR = Snapshot(Running(_MOMENT), sidecar=True, started=False)


@pytest.mark.parametrize(
    ("inits", "mains", "policy", "expected"),
    [
        ([], [NEW], "Never", "Pending"),
        ([], [RUNS], "Never", "Running"),
        ([], [RUNS, NEW], "Never", "Pending"),
        ([], [RUNS, GOOD], "Never", "Running"),
        ([], [GOOD], "Never", "Succeeded"),
        ([], [GOOD, BAD], "Never", "Failed"),
        ([], [GOOD], "OnFailure", "Succeeded"),
        ([], [BAD], "OnFailure", "Running"),
        ([], [LOOPS], "OnFailure", "Running"),
        ([], [GOOD], "Always", "Running"),
        ([], [LOOPS], "Always", "Running"),
        ([NEW], [NEW], "Never", "Pending"),
        ([RUNS], [NEW], "Never", "Pending"),
        ([BAD], [NEW], "Never", "Failed"),
        ([BAD], [NEW], "OnFailure", "Pending"),
        ([LOOPS], [NEW], "Always", "Pending"),
        ([GOOD], [RUNS], "Never", "Running"),
        ([SIDECAR], [RUNS], "Never", "Running"),
        ([SIDECAR], [GOOD], "Never", "Succeeded"),
        ([LATE_SIDECAR], [NEW], "Never", "Pending"),
    ],
)
def test_phase(inits: list[Snapshot], mains: list[Snapshot], policy: str, expected: str) -> None:
    """Phases follow the kubelet's rules."""
    assert phase(inits, mains, policy) == expected


def test_unready() -> None:
    """A pod with unready containers names them."""
    conditions = status.Conditions().all("Running", prepared=True, initialized=True, unready=["a", "b"])
    (ready,) = [one for one in conditions if one["type"] == "Ready"]
    assert (ready["status"], ready["message"]) == ("False", "containers with unready status: [a b]")


def test_moment_of_change() -> None:
    """A condition keeps its moment until it changes."""
    conditions = status.Conditions()
    conditions.restore("Ready", "True", _MOMENT)
    told = conditions.all("Running", prepared=True, initialized=True, unready=[])
    (ready,) = [one for one in told if one["type"] == "Ready"]
    assert ready["lastTransitionTime"] == "2026-01-01T00:00:00Z"
