"""Waiting, with an end: for an object to be ready, and for one to be gone."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from providers.kit import Call, ProviderError, Severity
from sandbox.plugins.kubernetes.ready import READY, Phase, State, examine
from sandbox.plugins.kubernetes.tokens import Type

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sandbox.plugins.kubernetes.cluster import Cluster, Resource
    from sandbox.plugins.kubernetes.objects import Object

#: Seconds between two looks: short at first, for what is ready at once, then longer.
_FIRST_PAUSE, _LAST_PAUSE, _GROWTH = 0.05, 1.0, 1.5

_POD = Type("v1", "Pod")
_STORAGE_CLASS = Type("storage.k8s.io/v1", "StorageClass")

#: The finalizer of a claim that stays as long as a pod names it.
_CLAIM_IN_USE = "kubernetes.io/pvc-protection"


def until_ready(cluster: Cluster, where: Resource, live: Object, call: Call, *, seconds: float) -> tuple[Object, str]:
    """The object when it is ready, or when it will not be; with the reason in the second case.

    Args:
        cluster: where it is.
        where: its type.
        live: the object as the last apply gave it.
        call: ends the wait when the user cancels; is told what it waits for.
        seconds: the most that it may take.
    """
    meta = live["metadata"]
    for _ in _looks(call, seconds):
        state = _examine(cluster, live)
        if state.phase is Phase.READY:
            return live, ""
        if state.phase is Phase.FAILED:
            return live, state.reason
        call.log(Severity.STATUS, f"waiting: {state.reason}")
        again = cluster.get(where, meta.get("namespace", ""), meta["name"])
        if again is None:
            return live, "it was deleted while it was waited for"
        live = again
    why = "cancelled" if call.cancelled.is_set() else f"not ready after {seconds:.0f} s"
    return live, f"{why}: {_examine(cluster, live).reason}"


def until_gone(cluster: Cluster, where: Resource, live: Object, call: Call, *, seconds: float) -> None:
    """Return when the object is gone; one of the same name made since then counts as gone too.

    Raises:
        ProviderError: it is still there; the message says what holds it.
    """
    meta = live["metadata"]
    for _ in _looks(call, seconds):
        again = cluster.get(where, meta.get("namespace", ""), meta["name"])
        if again is None or again["metadata"]["uid"] != meta["uid"]:
            return
        live = again
        call.log(Severity.STATUS, f"waiting: held by {_holders(live)}")
    why = "cancelled" if call.cancelled.is_set() else f"not gone after {seconds:.0f} s"
    held = "; ".join(filter(None, (_holders(live), _users(cluster, live))))
    raise ProviderError(f'{live["kind"]} "{meta["name"]}" is {why}; it is held by {held}')


def _looks(call: Call, seconds: float) -> Iterator[None]:
    """A turn for each look, until the time is over or the user cancels; always at least one."""
    end = time.monotonic() + seconds
    pause = _FIRST_PAUSE
    yield
    while (left := end - time.monotonic()) > 0:
        if call.cancelled.wait(min(pause, left)):
            return
        pause = min(pause * _GROWTH, _LAST_PAUSE)
        yield


def _examine(cluster: Cluster, live: Mapping[str, Any]) -> State:
    state = examine(live)
    if state.phase is Phase.WAITING and live["kind"] == "PersistentVolumeClaim" and _binds_late(cluster, live):
        return READY
    return state


def _binds_late(cluster: Cluster, claim: Mapping[str, Any]) -> bool:
    """Whether the claim's storage class makes it wait for its first pod."""
    name = claim["spec"].get("storageClassName")
    where = cluster.find(_STORAGE_CLASS)
    storage = cluster.get(where, "", name) if name and where else None
    return storage is not None and storage.get("volumeBindingMode") == "WaitForFirstConsumer"


def _users(cluster: Cluster, claim: Mapping[str, Any]) -> str:
    """The pods that keep a claim from going, ended ones too, and what to do about them; empty when none does."""
    if _CLAIM_IN_USE not in (claim["metadata"].get("finalizers") or ()):
        return ""
    meta, pods = claim["metadata"], cluster.find(_POD)
    names = [
        f'"{pod["metadata"]["name"]}"'
        for pod in (cluster.all(pods, meta["namespace"]) if pods else ())
        for volume in pod["spec"].get("volumes") or ()
        if (volume.get("persistentVolumeClaim") or {}).get("claimName") == meta["name"]
    ]
    return f"used by pod {', '.join(names)}: delete it, or the Job that made it, and try again" if names else ""


def _holders(live: Mapping[str, Any]) -> str:
    held = [f"finalizer {name}" for name in live["metadata"].get("finalizers") or ()]
    held += [f"finalizer {name}" for name in (live.get("spec") or {}).get("finalizers") or ()]
    rows = (live.get("status") or {}).get("conditions") or ()
    held += [row["message"] for row in rows if row.get("status") == "True" and row.get("message")]
    return "; ".join(held) or "nothing that it names"
