"""When an object counts as ready, by its kind: read off the object alone.

The rules are those of the Kubernetes API reference for each kind's conditions, and what the vendor's plugin waits for.
A Service does not wait for endpoints here, nor an Ingress for an address: the sandbox gives out neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Phase(StrEnum):
    """How far an object is."""

    READY = "ready"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass(frozen=True)
class State:
    """How far an object is, and why it is not further."""

    phase: Phase
    reason: str = ""


READY = State(Phase.READY)


def examine(live: Mapping[str, Any]) -> State:
    """Whether the object is ready, may become so, or has failed for good. Kinds without a rule are ready at once."""
    rule = _RULES.get((live["apiVersion"].rpartition("/")[0], live["kind"]))
    return rule(live) if rule else READY


def _waiting(reason: str) -> State:
    return State(Phase.WAITING, reason)


def _failed(reason: str) -> State:
    return State(Phase.FAILED, reason)


def _status(live: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = live.get("status") or {}
    return found


def _spec(live: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = live.get("spec") or {}
    return found


def _condition(live: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    rows: list[Mapping[str, Any]] = _status(live).get("conditions") or []
    return next((row for row in rows if row.get("type") == name), {})


def _holds(live: Mapping[str, Any], name: str) -> bool:
    return _condition(live, name).get("status") == "True"


def _unseen(live: Mapping[str, Any]) -> bool:
    """Whether no controller has looked at the object as it is now."""
    return int(_status(live).get("observedGeneration") or 0) < int(live["metadata"].get("generation") or 0)


def _condition_rule(name: str) -> Callable[[Mapping[str, Any]], State]:
    def rule(live: Mapping[str, Any]) -> State:
        return READY if _holds(live, name) else _waiting(_condition(live, name).get("message") or f"not {name} yet")

    return rule


def _namespace(live: Mapping[str, Any]) -> State:
    phase = _status(live).get("phase")
    return READY if phase == "Active" else _waiting(f"phase {phase}")


def _definition(live: Mapping[str, Any]) -> State:
    names = _condition(live, "NamesAccepted")
    if names.get("status") == "False":
        return _failed(f"its names are not accepted: {names.get('message', '')}")
    return _condition_rule("Established")(live)


def _deployment(live: Mapping[str, Any]) -> State:
    if _spec(live).get("paused"):
        return READY
    if _unseen(live):
        return _waiting("not yet seen by the deployment controller")
    progress = _condition(live, "Progressing")
    if progress.get("reason") == "ProgressDeadlineExceeded":
        return _failed(progress.get("message", "progress deadline exceeded"))
    return _replicas(live, "availableReplicas", updated=True)


def _stateful_set(live: Mapping[str, Any]) -> State:
    if _unseen(live):
        return _waiting("not yet seen by the statefulset controller")
    return _replicas(live, "readyReplicas", updated=True)


def _replica_set(live: Mapping[str, Any]) -> State:
    if _unseen(live):
        return _waiting("not yet seen by the replicaset controller")
    return _replicas(live, "availableReplicas", updated=False)


def _replicas(live: Mapping[str, Any], good: str, *, updated: bool) -> State:
    wanted = _spec(live).get("replicas", 1)
    status = _status(live)
    there = status.get(good) or 0
    fresh = (status.get("updatedReplicas") or 0) if updated else there
    if min(there, fresh) >= wanted and (status.get("replicas") or 0) <= wanted:
        return READY
    return _waiting(f"{min(there, fresh)} of {wanted} replicas are ready")


def _daemon_set(live: Mapping[str, Any]) -> State:
    if _unseen(live):
        return _waiting("not yet seen by the daemonset controller")
    wanted, there = _status(live).get("desiredNumberScheduled") or 0, _status(live).get("numberAvailable") or 0
    return READY if there >= wanted else _waiting(f"{there} of {wanted} pods are ready")


def _job(live: Mapping[str, Any]) -> State:
    if _spec(live).get("suspend"):
        return READY
    failed = _condition(live, "Failed")
    if failed.get("status") == "True":
        return _failed(f"{failed.get('reason', 'Failed')}: {failed.get('message', '')}")
    if _holds(live, "Complete"):
        return READY
    return _waiting(f"{_status(live).get('succeeded') or 0} of {_spec(live).get('completions', 1)} pods have succeeded")


def _pod(live: Mapping[str, Any]) -> State:
    phase = _status(live).get("phase")
    if phase == "Failed":
        return _failed(_status(live).get("message") or "the pod failed")
    if phase == "Succeeded" or _holds(live, "Ready"):
        return READY
    return _waiting(_condition(live, "Ready").get("message") or f"phase {phase}")


def _claim(live: Mapping[str, Any]) -> State:
    phase = _status(live).get("phase")
    if phase == "Bound":
        return READY
    return _failed("its volume is lost") if phase == "Lost" else _waiting("not bound to a volume yet")


_RULES: dict[tuple[str, str], Callable[[Mapping[str, Any]], State]] = {
    ("", "Namespace"): _namespace,
    ("", "PersistentVolumeClaim"): _claim,
    ("", "Pod"): _pod,
    ("apiextensions.k8s.io", "CustomResourceDefinition"): _definition,
    ("apiregistration.k8s.io", "APIService"): _condition_rule("Available"),
    ("apps", "DaemonSet"): _daemon_set,
    ("apps", "Deployment"): _deployment,
    ("apps", "ReplicaSet"): _replica_set,
    ("apps", "StatefulSet"): _stateful_set,
    ("batch", "Job"): _job,
}
