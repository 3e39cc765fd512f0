"""All pods of the node: a worker for each, and what earlier nodes left behind cleared away."""

from __future__ import annotations

import contextlib
import shutil
import threading
from typing import TYPE_CHECKING

import structlog
from lightkube.resources.core_v1 import Pod

from sandbox.node import logs
from sandbox.node.kube import PodRef, metadata
from sandbox.node.pod import PodWorker
from sandbox.node.process import end_recorded
from sandbox.node.settings import NODE_NAME
from sandbox.node.status import FINISHED
from sandbox.node.volumes import memory_root
from sandbox.node.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sandbox.node.context import Context

_log = structlog.get_logger()
#: Seconds that workers get to kill their containers when the node ends.
_STOP_SECONDS = 8.0


class Pods:
    """Follows the pods bound to this node and keeps a worker for each that has work left.

    Args:
        context: the node's parts.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lock = threading.Lock()
        self._known: dict[str, Pod] = {}
        self._workers: dict[str, PodWorker] = {}

    def run(self, stop: threading.Event) -> None:
        """Follow until told to stop."""
        self.end_orphans()
        watch = Watch(
            self._context.api,
            Pod,
            replace=self.replace,
            change=self.change,
            fields={"spec.nodeName": NODE_NAME},
        )
        watch.run(stop)

    def end_orphans(self) -> None:
        """Kill containers that an earlier node started and that, against all care, outlived it."""
        for record in self._context.settings.pods.glob("*/containers/*.process"):
            if end_recorded(record):
                _log.warning("container.orphan_killed", record=str(record))
            record.unlink(missing_ok=True)

    def replace(self, pods: list[Pod]) -> None:
        """Take the whole list: those that are no longer in it are gone."""
        present = {PodRef.of(pod).uid for pod in pods}
        with self._lock:
            gone = [worker for uid, worker in self._workers.items() if uid not in present]
            self._known = {PodRef.of(pod).uid: pod for pod in pods}
        for worker in gone:
            worker.vanish()
        for pod in pods:
            self._see(pod)
        self._collect(pods)

    def change(self, event: str, pod: Pod) -> None:
        """Take one change."""
        if event != "DELETED":
            self._see(pod)
            return
        ref = PodRef.of(pod)
        with self._lock:
            self._known.pop(ref.uid, None)
            worker = self._workers.get(ref.uid)
        if worker is not None:
            worker.vanish()

    def join(self) -> None:
        """Wait, for a limited time, until every worker has killed its containers: the node ends."""
        with self._lock:
            workers = list(self._workers.values())
        for worker in workers:
            worker.update(worker.pod)
        for worker in workers:
            worker.join(_STOP_SECONDS / max(1, len(workers)))
        with contextlib.suppress(OSError):  # not empty: some pod goes on with the next node
            memory_root(self._context.settings).rmdir()

    def find(self, namespace: str, name: str) -> PodRef | None:
        """The pod of that name that is on this node now."""
        with self._lock:
            refs = [PodRef.of(pod) for pod in self._known.values()]
        return next((ref for ref in refs if (ref.namespace, ref.name) == (namespace, name)), None)

    def container_state(self, ref: PodRef, container: str) -> str | None:
        """``running``, ``terminated``, or why it waits; None where there is no such container."""
        with self._lock:
            worker, pod = self._workers.get(ref.uid), self._known.get(ref.uid)
        if worker is not None:
            return worker.container_state(container)
        spec = pod.spec if pod else None
        names = [one.name for one in [*(spec.initContainers or []), *spec.containers]] if spec else []
        return "terminated" if container in names else None

    def _see(self, pod: Pod) -> None:
        ref, finished = PodRef.of(pod), _finished(pod)
        with self._lock:
            self._known[ref.uid] = pod
            worker = self._workers.get(ref.uid)
            if worker is None and (not finished or metadata(pod).deletionTimestamp is not None):
                worker = PodWorker(self._context, pod, self._ended)
                self._workers[ref.uid] = worker
                worker.start()
                return
        if worker is not None:
            worker.update(pod)

    def _ended(self, ref: PodRef) -> None:
        with self._lock:
            worker, pod = self._workers.pop(ref.uid, None), self._known.get(ref.uid)
        # Deleted in the moment between the worker's last look and its end: that news must not wait for the next list.
        # Where the news came before the pod's end did, another follows, with its end.
        if worker is not None and not worker.forgotten and pod is not None and _finished(pod):
            self._see(pod)

    def _collect(self, pods: Iterable[Pod]) -> None:
        """Remove folders of pods that are gone or finished, and old logs of pods that are gone."""
        refs = [PodRef.of(pod) for pod in pods]
        with self._lock:
            working = set(self._workers)
        for folder in (self._context.settings.pods, memory_root(self._context.settings)):
            for path in folder.iterdir() if folder.is_dir() else ():
                if path.name not in working:
                    shutil.rmtree(path, ignore_errors=True)
        logs.collect_garbage(self._context.settings.pod_logs, {ref.folder for ref in refs})


def _finished(pod: Pod) -> bool:
    return pod.status is not None and pod.status.phase in FINISHED
