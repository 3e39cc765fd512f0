"""A pod's status from its containers' states: phase and conditions by the kubelet's rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.node.fields import ADDRESS
from sandbox.node.kube import now
from sandbox.node.state import Running, State, Terminated, Waiting, stamp

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sandbox.node.container import ContainerRunner

FINISHED = frozenset({"Succeeded", "Failed"})


@dataclass(frozen=True)
class Snapshot:
    """What a phase depends on, of one container.

    Attributes:
        state: what it does now.
        last: how its last run ended.
        sidecar: an init container that goes on running beside the others.
        started: it runs and has passed its startup probe.
    """

    state: State
    last: Terminated | None = None
    sidecar: bool = False
    started: bool = False


def initialized(inits: Sequence[Snapshot]) -> bool:
    """Every init container has ended well, every sidecar has started."""
    return all(_through(one) for one in inits)


def phase(inits: Sequence[Snapshot], mains: Sequence[Snapshot], policy: str) -> str:
    """The phase of a pod with this restart policy, as `getPhase` of the kubelet has it."""
    if not initialized(inits):
        broken = any(isinstance(one.state, Terminated) and one.state.code for one in inits if not one.sidecar)
        return "Failed" if broken and policy == "Never" else "Pending"
    ends = [one.state if isinstance(one.state, Terminated) else one.last for one in mains]
    running = sum(isinstance(one.state, Running) for one in mains)
    waiting = sum(isinstance(one.state, Waiting) and one.last is None for one in mains)
    if waiting:
        return "Pending"
    if running or policy == "Always":
        return "Running"
    if any(isinstance(one.state, Waiting) for one in mains):
        return "Running" if policy == "OnFailure" else "Failed"
    if all(end is not None and end.code == 0 for end in ends):
        return "Succeeded"
    return "Failed" if policy == "Never" else "Running"


def _through(one: Snapshot) -> bool:
    if one.sidecar:
        return one.started or isinstance(one.state, Terminated) or one.last is not None
    return isinstance(one.state, Terminated) and one.state.code == 0


def container_status(runner: ContainerRunner, *, ready: bool) -> Mapping[str, object]:
    """One container's status, as the API has it."""
    told: dict[str, object] = {
        "name": runner.spec.name,
        "image": runner.spec.image or "",
        "imageID": runner.image_id,
        "ready": ready,
        "started": runner.health.started,
        "restartCount": runner.restarts,
        "state": runner.state.as_status(),
    }
    if runner.container_id:
        told["containerID"] = runner.container_id
    if runner.last is not None:
        told["lastState"] = runner.last.as_status()
    return told


class Conditions:
    """A pod's conditions, each with the moment at which it last changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, dt.datetime]] = {}

    def restore(self, kind: str, value: str, since: dt.datetime) -> None:
        """Take up a condition that the API knows."""
        self._known[kind] = (value, since)

    def all(self, phase: str, *, prepared: bool, initialized: bool, unready: list[str]) -> list[Mapping[str, str]]:
        """Every condition for a pod in this state.

        Args:
            phase: its phase.
            prepared: its volumes are there.
            initialized: its init containers are through.
            unready: names of its containers that are not ready.
        """
        reason, message = "", ""
        if phase == "Succeeded":
            reason = "PodCompleted"
        elif phase == "Failed":
            reason = "PodFailed"
        elif unready:
            reason, message = "ContainersNotReady", f"containers with unready status: [{' '.join(unready)}]"
        ready = not unready and phase not in FINISHED
        init_reason = "" if initialized else "ContainersNotInitialized"
        return [
            self._one("PodScheduled", holds=True),
            self._one("PodReadyToStartContainers", holds=prepared and phase not in FINISHED),
            self._one("Initialized", holds=initialized, reason="PodCompleted" if phase == "Succeeded" else init_reason),
            self._one("ContainersReady", holds=ready, reason=reason, message=message),
            self._one("Ready", holds=ready, reason=reason, message=message),
        ]

    def _one(self, kind: str, *, holds: bool, reason: str = "", message: str = "") -> Mapping[str, str]:
        value = "True" if holds else "False"
        known, since = self._known.get(kind, ("", now()))
        if known != value:
            since = now()
        self._known[kind] = (value, since)
        told = {"type": kind, "status": value, "lastTransitionTime": stamp(since)}
        # An empty reason takes back an earlier one: conditions are merged by the server.
        return told | {"reason": reason, "message": message}


def base(started: dt.datetime) -> dict[str, object]:
    """What every pod on this node shares: it is on this machine's own network."""
    return {
        "hostIP": ADDRESS,
        "hostIPs": [{"ip": ADDRESS}],
        "podIP": ADDRESS,
        "podIPs": [{"ip": ADDRESS}],
        "startTime": stamp(started),
    }
