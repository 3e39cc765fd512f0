"""The scheduler's part: binds pods to the one node, or says why not."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec
from lightkube.core.exceptions import ApiError
from lightkube.models.core_v1 import ObjectReference
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Node, PersistentVolumeClaim, Pod, PodBinding
from lightkube.resources.core_v1 import PodStatus as PodStatusResource

from sandbox.node.kube import PodRef, metadata, now, status_code
from sandbox.node.quantities import amount
from sandbox.node.settings import NODE_NAME
from sandbox.node.sweeping import Sweeper

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from lightkube.core.client import Client, FieldSelector
    from lightkube.models.core_v1 import PodSpec, Taint, Toleration

    from sandbox.node.events import Recorder

_SCHEDULER = "default-scheduler"
#: Pause before pods that did not fit are tried again.
_RETRY_SECONDS = 2.0
_UNBOUND: FieldSelector = {"spec.nodeName": "", "status.phase": "Pending"}
_RESOURCES = ("cpu", "memory", "ephemeral-storage")
_NOT_FOUND = 404
_GONE = frozenset({404, 409})
#: Taints that a lifecycle controller sets and the sandbox has none to lift; the binder runs inside the node itself.
_OWN_TAINTS = frozenset({"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"})


class Binder:
    """Binds every unbound pod that fits.

    It respects nodeSelector, cordoning, NoSchedule taints, resource requests and claims that do not exist. It does
    not look at affinity, topology or priority: with one node there is nothing to choose.

    Args:
        api: client of ``system:kube-scheduler``.
        recorder: where it tells of Scheduled and FailedScheduling.
    """

    def __init__(self, api: Client, recorder: Recorder) -> None:
        self._api = api
        self._recorder = recorder

    def run(self, stop: threading.Event) -> None:
        """Bind until told to stop."""
        Sweeper("binder", self._api, Pod, self.sweep, every=_RETRY_SECONDS, fields=_UNBOUND).run(stop)

    def sweep(self) -> None:
        """Look at every unbound pod once."""
        waiting = list(self._api.list(Pod, namespace="*", fields=_UNBOUND))
        waiting = [pod for pod in waiting if _is_ours(pod)]
        if not waiting:
            return
        node = self._api.get(Node, NODE_NAME)
        placed = list(self._api.list(Pod, namespace="*", fields={"spec.nodeName": NODE_NAME}))
        for pod in waiting:
            reason = misfit(pod, node, placed) or self._claims(pod)
            if reason:
                self._refuse(pod, reason)
            elif self._bind(pod):
                placed.append(pod)

    def _claims(self, pod: Pod) -> str:
        namespace = PodRef.of(pod).namespace
        for volume in (pod.spec.volumes if pod.spec else None) or []:
            claim = volume.persistentVolumeClaim
            if claim is None:
                continue
            try:
                self._api.get(PersistentVolumeClaim, claim.claimName, namespace=namespace)
            except ApiError as error:
                if status_code(error) != _NOT_FOUND:
                    raise
                return f'persistentvolumeclaim "{claim.claimName}" not found'
        return ""

    def _bind(self, pod: Pod) -> bool:
        ref = PodRef.of(pod)
        binding = PodBinding(
            metadata=ObjectMeta(name=ref.name, namespace=ref.namespace, uid=ref.uid),
            target=ObjectReference(kind="Node", name=NODE_NAME),
        )
        try:
            # The server answers with a Status, which the client takes for a malformed Binding: that is success.
            with contextlib.suppress(msgspec.ValidationError):
                self._api.create(binding, ref.name, namespace=ref.namespace)
        except ApiError as error:
            if status_code(error) in _GONE:
                return False
            raise
        message = f"Successfully assigned {ref.namespace}/{ref.name} to {NODE_NAME}"
        self._recorder.normal(pod, "Scheduled", message)
        return True

    def _refuse(self, pod: Pod, reason: str) -> None:
        ref = PodRef.of(pod)
        message = f"0/1 nodes are available: {reason}."
        conditions = (pod.status.conditions if pod.status else None) or []
        if any(one.type == "PodScheduled" and one.message == message for one in conditions):
            return
        condition = {
            "type": "PodScheduled",
            "status": "False",
            "reason": "Unschedulable",
            "message": message,
            "lastTransitionTime": now().isoformat().replace("+00:00", "Z"),
        }
        try:
            self._api.patch(
                PodStatusResource, ref.name, {"status": {"conditions": [condition]}}, namespace=ref.namespace
            )
        except ApiError as error:
            if status_code(error) not in _GONE:
                raise
            return
        self._recorder.warning(pod, "FailedScheduling", message)


def misfit(pod: Pod, node: Node, placed: Iterable[Pod]) -> str:
    """Why the pod does not fit on the node, in the scheduler's words; empty when it does."""
    spec = pod.spec
    if spec is None:
        return "pod without spec"
    if node.spec and node.spec.unschedulable:
        return "1 node(s) were unschedulable"
    taint = _untolerated((node.spec.taints if node.spec else None) or [], spec.tolerations or [])
    if taint:
        return f"1 node(s) had untolerated taint {{{taint.key}: {taint.value or ''}}}"
    labels = metadata(node).labels or {}
    if any(labels.get(key) != value for key, value in (spec.nodeSelector or {}).items()):
        return "1 node(s) didn't match Pod's node affinity/selector"
    short = _short(spec, node, [other.spec for other in placed if other.spec and not _finished(other)])
    return ", ".join(f"1 {name}" for name in short)


def _short(spec: PodSpec, node: Node, others: list[PodSpec]) -> list[str]:
    offered = (node.status.allocatable if node.status else None) or {}
    asked = _requests(spec)
    taken = [_requests(other) for other in others]
    short = ["Too many pods"] if len(others) + 1 > amount(offered.get("pods", "110")) else []
    for name in _RESOURCES:
        used = sum((one[name] for one in taken), start=amount(None))
        if asked[name] and used + asked[name] > amount(offered.get(name)):
            short.append(f"Insufficient {name}")
    return short


def _requests(spec: PodSpec) -> Mapping[str, Decimal]:
    """A pod's requests: its containers together, or the largest of its init containers when that is more."""

    def of(container: object, name: str) -> Decimal:
        resources = getattr(container, "resources", None)
        return amount(((resources.requests if resources else None) or {}).get(name))

    zero = amount(None)
    return {
        name: max(
            sum((of(one, name) for one in spec.containers), start=zero),
            max((of(one, name) for one in spec.initContainers or []), default=zero),
        )
        for name in _RESOURCES
    }


def _untolerated(taints: Iterable[Taint], tolerations: Iterable[Toleration]) -> Taint | None:
    for taint in taints:
        stops = taint.effect in {"NoSchedule", "NoExecute"} and taint.key not in _OWN_TAINTS
        if stops and not any(_tolerates(one, taint) for one in tolerations):
            return taint
    return None


def _tolerates(toleration: Toleration, taint: Taint) -> bool:
    if toleration.effect and toleration.effect != taint.effect:
        return False
    if toleration.key and toleration.key != taint.key:
        return False
    return toleration.operator == "Exists" or (toleration.value or "") == (taint.value or "")


def _finished(pod: Pod) -> bool:
    return bool(pod.status and pod.status.phase in {"Succeeded", "Failed"})


def _is_ours(pod: Pod) -> bool:
    """Not deleted, not held by a scheduling gate, and not meant for another scheduler."""
    spec = pod.spec
    if spec is None or metadata(pod).deletionTimestamp or spec.schedulingGates:
        return False
    return (spec.schedulerName or _SCHEDULER) == _SCHEDULER
