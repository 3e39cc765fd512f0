"""One pod from its binding to its end, in a thread of its own."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2
import structlog
from lightkube.resources.core_v1 import Pod
from lightkube.resources.core_v1 import PodStatus as PodStatusResource

from sandbox.node import status
from sandbox.node.container import ContainerRunner
from sandbox.node.kube import API_ERRORS, PodRef, metadata, status_code
from sandbox.node.objects import MissingError
from sandbox.node.projection import Projector
from sandbox.node.state import Running, Terminated
from sandbox.node.volumes import MountError, Volumes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lightkube.models.core_v1 import Container, PodSpec

    from sandbox.node.context import Context

_log = structlog.get_logger()
#: Pause between two looks at a pod: short while something runs or is pulled, longer while it only waits.
_BUSY_SECONDS = 0.1
_CALM_SECONDS = 0.5
#: Pause between two measurements of emptyDir volumes: each walks the whole volume.
_MEASURE_SECONDS = 2.0
_API_PAUSE_SECONDS = 1.0
_DEFAULT_GRACE_SECONDS = 30.0
_SIDECAR = "Always"
_NOT_FOUND = 404
_CONFLICT = 409


@dataclass(frozen=True)
class Ending:
    """Why the whole pod ends before its containers do of their own."""

    phase: str
    reason: str
    message: str
    grace: float


class PodWorker(threading.Thread):
    """Runs a pod. All state belongs to this thread; `update` and `vanish` hand it news.

    Containers are started from this thread and the kernel ends them with it, so it lives as long as they do.

    Args:
        context: the node's parts.
        pod: the pod as bound to this node.
        ended: called when the thread ends.

    Attributes:
        forgotten: it has deleted its pod for good.
    """

    def __init__(self, context: Context, pod: Pod, ended: Callable[[PodRef], None]) -> None:
        self.ref = PodRef.of(pod)
        super().__init__(name=f"pod-{self.ref.name}", daemon=True)
        self._context = context
        self.pod = pod
        self._notify = ended
        self._news = threading.Event()
        self._vanished = False
        self.forgotten = False
        objects = context.resolver.objects
        projector = Projector(context.api, objects, context.resolver.allocatable)
        self._volumes = Volumes(context.api, projector, context.settings, self.ref)
        spec = _spec(pod)
        policy = spec.restartPolicy or "Always"
        init_policy = "OnFailure" if policy != "Never" else "Never"
        self._inits = [
            ContainerRunner(
                context, pod, one, self._volumes, "Always" if one.restartPolicy == "Always" else init_policy
            )
            for one in spec.initContainers or []
        ]
        self._mains = [ContainerRunner(context, pod, one, self._volumes, policy) for one in spec.containers]
        self._conditions = status.Conditions()
        # To the microsecond where it is new: a deadline must not come up to a second early.
        self._began = (pod.status.startTime if pod.status else None) or dt.datetime.now(dt.UTC)
        self._prepared = False
        self._mount_trouble = ""
        self._retry_at = 0.0
        self._measure_at = 0.0
        self._api_at = 0.0
        self._ending: Ending | None = None
        self._sent: Mapping[str, object] | None = None
        self._restore(pod)

    def update(self, pod: Pod) -> None:
        """The pod has changed."""
        self.pod = pod
        self._news.set()

    def vanish(self) -> None:
        """The pod is gone from the API server: end at once, report to nobody."""
        self._vanished = True
        self._news.set()

    def container_state(self, name: str) -> str | None:
        """``running``, ``terminated``, or why the container waits; None where there is none of that name."""
        for runner in [*self._inits, *self._mains]:
            if runner.spec.name == name:
                if isinstance(runner.state, Running):
                    return "running"
                return "terminated" if isinstance(runner.state, Terminated) else runner.state.reason
        return None

    def run(self) -> None:
        """Work until the pod has ended and its end is known, or the node ends."""
        try:
            while not self._context.stop.is_set():
                clock = time.monotonic()
                try:
                    if self._tick(clock):
                        return
                except API_ERRORS as error:
                    self._failed(error)
                except Exception as error:  # noqa: BLE001 - a defect met in one pod must not leave it Running for ever
                    _log.exception("pod.defect", pod=str(self.ref))
                    self._failed(error)
                busy = any(one.busy for one in self._all()) or not self._prepared
                self._news.wait(_BUSY_SECONDS if busy else _CALM_SECONDS)
                self._news.clear()
        finally:
            for runner in self._all():
                runner.end_now()
            self._context.images.release(self.ref.uid)
            self._notify(self.ref)

    def _failed(self, error: Exception) -> None:
        """Tell of an error that is not the API server's own absence, and pause before the next try."""
        _log.info("pod.sync_failed", pod=str(self.ref), error=str(error))
        if not isinstance(error, httpx2.HTTPError):
            self._context.recorder.warning(self.pod, "FailedSync", f"{type(error).__name__}: {error}")
        self._news.wait(_API_PAUSE_SECONDS)

    def _tick(self, clock: float) -> bool:
        """One look at everything; True when there is nothing more to do."""
        pod = self.pod
        self._find_ending(pod, clock)
        for runner in self._all():
            runner.watch(pod, clock)
        if self._ending is not None:
            for runner in self._all():
                runner.stop(pod, clock, self._ending.grace)
        elif self._prepare(pod, clock):
            self._advance(pod, clock)
        if self._vanished:
            return self._quiet() and self._clean()
        self._publish(pod, clock)
        return self._quiet() and self._over(pod)

    def _find_ending(self, pod: Pod, clock: float) -> None:
        meta, spec = metadata(pod), _spec(pod)
        grace = (
            _DEFAULT_GRACE_SECONDS if spec.terminationGracePeriodSeconds is None else spec.terminationGracePeriodSeconds
        )
        if self._vanished:
            self._ending = Ending("", "", "", 0.0)
        elif meta.deletionTimestamp is not None:
            given = meta.deletionGracePeriodSeconds
            self._ending = Ending("", "", "", grace if given is None else float(given))
        elif self._ending is not None or self._naturally_done():
            return
        elif self._past_deadline(spec):
            message = "Pod was active on the node longer than the specified deadline"
            self._ending = Ending("Failed", "DeadlineExceeded", message, grace)
        elif self._prepared and clock >= self._measure_at:
            self._measure_at = clock + _MEASURE_SECONDS
            overfull = self._volumes.overfull()
            self._volumes.refresh(pod)
            if overfull:
                self._context.recorder.warning(pod, "Evicted", overfull)
                self._ending = Ending("Failed", "Evicted", overfull, 0.0)

    def _past_deadline(self, spec: PodSpec) -> bool:
        limit = spec.activeDeadlineSeconds
        return limit is not None and (dt.datetime.now(dt.UTC) - self._began).total_seconds() >= limit

    def _prepare(self, pod: Pod, clock: float) -> bool:
        """Make the volumes; tell what is missing and try again until they are there."""
        if self._prepared:
            return True
        if clock < self._retry_at or self._naturally_done():
            return False
        try:
            self._volumes.prepare(pod)
        except (MountError, MissingError, OSError) as error:
            self._retry_at = clock + self._context.settings.retry_seconds
            text = str(error) if isinstance(error, MountError) else f"MountVolume.SetUp failed: {error}"
            if text != self._mount_trouble:
                self._context.recorder.warning(pod, "FailedMount", text)
                self._mount_trouble = text
            return False
        self._prepared = True
        return True

    def _advance(self, pod: Pod, clock: float) -> None:
        """Start what may be started: init containers one after the other, then all the others."""
        for runner in self._inits:
            snapshot = _snapshot(runner)
            runner.advance(pod, clock)
            if not status.initialized([snapshot]):
                return
        if self._mains_done():
            for runner in self._inits:
                runner.stop(pod, clock, _DEFAULT_GRACE_SECONDS)
            return
        for runner in self._mains:
            runner.advance(pod, clock)

    def _publish(self, pod: Pod, clock: float) -> None:
        """Send the status if it differs from what was sent last."""
        content = self._status()
        if content == self._sent or clock < self._api_at:
            return
        patch = {"metadata": {"uid": self.ref.uid}, "status": content}
        try:
            self._context.api.patch(PodStatusResource, self.ref.name, patch, namespace=self.ref.namespace)
        except API_ERRORS as error:
            if status_code(error) not in {_NOT_FOUND, _CONFLICT}:
                self._api_at = clock + _API_PAUSE_SECONDS
                raise
            _log.info("pod.gone", pod=str(PodRef.of(pod)))
            self._vanished = True
            return
        self._sent = content

    def _status(self) -> Mapping[str, object]:
        inits, mains = [_snapshot(one) for one in self._inits], [_snapshot(one) for one in self._mains]
        policy = _spec(self.pod).restartPolicy or "Always"
        through = status.initialized(inits)
        current = status.phase(inits, mains, policy)
        told = status.base(self._began)
        if self._ending is not None:
            current = self._ended_phase(current)
            if self._ending.reason:
                told |= {"reason": self._ending.reason, "message": self._ending.message}
        if not through:
            for runner in self._mains:
                runner.hold("PodInitializing")
        unready = [one.spec.name for one in self._mains if not one.health.ready]
        told["phase"] = current
        told["conditions"] = self._conditions.all(
            current, prepared=self._prepared, initialized=through, unready=unready
        )
        if self._inits:
            told["initContainerStatuses"] = [
                status.container_status(one, ready=one.succeeded or one.health.started) for one in self._inits
            ]
        told["containerStatuses"] = [status.container_status(one, ready=one.health.ready) for one in self._mains]
        return told

    def _ended_phase(self, current: str) -> str:
        """The phase of a pod that was ended: final only when all its containers are."""
        ending = self._ending
        if not self._quiet() or ending is None:
            return current if current not in status.FINISHED else "Running"
        if ending.phase:
            return ending.phase
        good = all(isinstance(one.state, Terminated) and one.state.code == 0 for one in self._mains)
        return "Succeeded" if good else "Failed"

    def _over(self, pod: Pod) -> bool:
        """The end is published: clean up, and let the API server forget a deleted pod."""
        if self._sent is None or self._sent != self._status():
            return False
        if self._ending is None and not self._naturally_done():
            return False
        self._clean()
        if metadata(pod).deletionTimestamp is None:
            return True
        return self._forget()

    def _forget(self) -> bool:
        """Delete the pod for good, unless another of its name has come meanwhile."""
        api, ref = self._context.api, self.ref
        try:
            found = api.get(Pod, ref.name, namespace=ref.namespace)
            if metadata(found).uid == ref.uid:
                api.delete(Pod, ref.name, namespace=ref.namespace, grace_period=0)
        except API_ERRORS as error:
            if status_code(error) != _NOT_FOUND:
                raise
        self.forgotten = True
        return True

    def _clean(self) -> bool:
        self._volumes.remove()
        shutil.rmtree(self._context.settings.pods / self.ref.uid, ignore_errors=True)
        return True

    def _quiet(self) -> bool:
        return not any(one.alive for one in self._all())

    def _naturally_done(self) -> bool:
        failed_init = any(one.done and not one.succeeded for one in self._inits)
        return failed_init or self._mains_done()

    def _mains_done(self) -> bool:
        return all(one.done for one in self._mains)

    def _all(self) -> list[ContainerRunner]:
        return [*self._inits, *self._mains]

    def _restore(self, pod: Pod) -> None:
        if pod.status is None:
            return
        told = [*(pod.status.initContainerStatuses or []), *(pod.status.containerStatuses or [])]
        runners = {one.spec.name: one for one in self._all()}
        for one in told:
            if one.name in runners:
                runners[one.name].restore(one)
        for condition in pod.status.conditions or []:
            if condition.lastTransitionTime is not None:
                self._conditions.restore(condition.type, condition.status, condition.lastTransitionTime)


def _snapshot(runner: ContainerRunner) -> status.Snapshot:
    return status.Snapshot(runner.state, runner.last, sidecar=_is_sidecar(runner.spec), started=runner.health.started)


def _is_sidecar(container: Container) -> bool:
    """An init container that says ``restartPolicy: Always`` goes on running beside the others."""
    return container.restartPolicy == _SIDECAR


def _spec(pod: Pod) -> PodSpec:
    if pod.spec is None:
        msg = "pod without spec"
        raise ValueError(msg)
    return pod.spec
