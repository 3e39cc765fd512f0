"""One container of a pod: pulled, started, watched, ended, started again. Driven by its pod's thread alone."""

from __future__ import annotations

import signal
import time
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.node import logs
from sandbox.node.backoff import Backoff
from sandbox.node.fields import UnknownFieldError
from sandbox.node.health import Health
from sandbox.node.identity import RefusedUserError
from sandbox.node.images import Image, PullError
from sandbox.node.kube import PodRef, now
from sandbox.node.launching import assemble, clean
from sandbox.node.objects import MissingError
from sandbox.node.quantities import pick
from sandbox.node.runtime import Launch, StartError
from sandbox.node.state import LOST_CODE, LOST_MESSAGE, LOST_REASON, Running, State, Terminated, Waiting
from sandbox.node.volumes import MountError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from lightkube.models.core_v1 import Container, ContainerStatus
    from lightkube.resources.core_v1 import Pod

    from sandbox.node.context import Context
    from sandbox.node.process import Process
    from sandbox.node.volumes import Volumes

#: Seconds between two looks at a container's memory, as often as is cheap.
_MEMORY_SECONDS = 0.2
#: Seconds that a log may take to be written out after its container has ended.
_DRAIN_SECONDS = 2.0
_START_FAILED = 128
_PULL_FAILED = "ErrImagePull"
#: Seconds that ErrImagePull is shown before ImagePullBackOff.
_SHOWN_SECONDS = 1.0
#: Seconds after a kill at which the minding process is killed too.
_STUBBORN_SECONDS = 5.0
_MESSAGE_BYTES = 4096
_TAIL_BYTES, _TAIL_LINES = 2048, 80


class ContainerRunner:
    """Runs one container by its restart policy.

    Args:
        context: the node's parts.
        pod: its pod.
        spec: the container.
        volumes: the pod's volumes.
        policy: ``Always``, ``OnFailure`` or ``Never``.

    Attributes:
        state: what it does now.
        last: how its last run ended; None before.
        restarts: how often it was started again.
        image: what it runs, once pulled.
        container_id: of its current or last run.
    """

    def __init__(self, context: Context, pod: Pod, spec: Container, volumes: Volumes, policy: str) -> None:
        self.spec = spec
        self.policy = policy
        self.state: State = Waiting("ContainerCreating")
        self.last: Terminated | None = None
        self.restarts = 0
        self.image: Image | None = None
        self.image_id = ""
        self.container_id = ""
        self.health = Health(context, pod, spec)
        self._context = context
        self._ref = PodRef.of(pod)
        self._volumes = volumes
        self._pull: Future[Image] | None = None
        self._pull_failed_at = 0.0
        self._pull_backoff = Backoff(context.settings.backoff_seconds, context.settings.backoff_limit_seconds)
        self._pull_backoff.take()
        self._backoff = Backoff(context.settings.backoff_seconds, context.settings.backoff_limit_seconds)
        self._pause = 0.0
        self._due = 0.0
        self._ran = False
        self._process: Process | None = None
        self._launch: Launch | None = None
        self._writer: logs.LogWriter | None = None
        self._kill_at: float | None = None
        self._memory_at = 0.0
        self._out_of_memory = False

    @property
    def alive(self) -> bool:
        """Its process runs."""
        return self._process is not None

    @property
    def busy(self) -> bool:
        """It runs or its image is being pulled: worth a look soon."""
        return self._process is not None or self._pull is not None

    @property
    def done(self) -> bool:
        """It has ended and will not be started again."""
        return isinstance(self.state, Terminated) and not self._restarts_after(self.state)

    @property
    def succeeded(self) -> bool:
        """It has ended well, for good."""
        return self.done and isinstance(self.state, Terminated) and self.state.code == 0

    def restore(self, told: ContainerStatus) -> None:
        """Take up what the API knows of it after the node was started again; a run that it was in is lost."""
        self.restarts = told.restartCount
        self.image_id, self.container_id = told.imageID, told.containerID or ""
        if told.lastState and told.lastState.terminated:
            self.last = Terminated.of(told.lastState.terminated, now())
        if told.state and told.state.terminated:
            self.state = Terminated.of(told.state.terminated, now())
        elif told.state and told.state.running:
            began = told.state.running.startedAt or now()
            self.state = Terminated(LOST_CODE, LOST_REASON, began, now(), self.container_id, LOST_MESSAGE)
        self._ran = bool(self.container_id)

    def hold(self, reason: str, message: str = "") -> None:
        """Show why it is not started yet, unless it has run before."""
        if isinstance(self.state, Waiting):
            self.state = Waiting(reason, message)

    def advance(self, pod: Pod, clock: float) -> None:
        """Start it, or start it again, when it is time to."""
        if self._process is not None or self.done:
            return
        table_changed = self._context.images.table_changed() > self._pull_failed_at > 0
        if clock >= self._due or table_changed:
            self._start(pod, clock)
        elif isinstance(self.state, Terminated):
            self._wait_to_restart(pod)
        elif isinstance(self.state, Waiting) and self.state.reason == _PULL_FAILED:
            self._wait_to_pull(pod)

    def watch(self, pod: Pod, clock: float) -> None:
        """See whether it still runs, keeps within its memory, and is healthy; end it when it must end."""
        process = self._process
        if process is None:
            return
        code = process.poll()
        if code is not None:
            self._ended(pod, process, code, clock)
            return
        if self._kill_at is not None and clock >= self._kill_at:
            process.kill()
            if clock >= self._kill_at + _STUBBORN_SECONDS:
                process.kill_minder()
        self._watch_memory(process, clock)
        if self._kill_at is None and self.health.failing():
            self._context.recorder.normal(
                pod, "Killing", f"Container {self.spec.name} failed liveness probe, will be restarted"
            )
            grace = pod.spec.terminationGracePeriodSeconds if pod.spec else None
            self._signal_end(clock, 30.0 if grace is None else float(grace))

    def stop(self, pod: Pod, clock: float, grace: float) -> None:
        """Ask it to end, once; after the grace (seconds) it is killed. A shorter grace later shortens the wait."""
        if self._process is None:
            return
        if self._kill_at is None:
            self._context.recorder.normal(pod, "Killing", f"Stopping container {self.spec.name}")
            self._signal_end(clock, grace)
        self._kill_at = min(self._kill_at or clock, clock + grace)

    def end_now(self) -> None:
        """Kill it without telling anyone: the node itself ends."""
        if self._process is not None:
            self._process.kill()
            deadline = time.monotonic() + _DRAIN_SECONDS
            while self._process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
            self._process = None
        self.health.end()

    def _signal_end(self, clock: float, grace: float) -> None:
        self._kill_at = clock + grace
        self.health.end()
        if self._process is not None:
            self._process.send(signal.SIGTERM)

    def _restarts_after(self, ended: Terminated) -> bool:
        return self.policy == "Always" or (self.policy == "OnFailure" and ended.code != 0)

    def _start(self, pod: Pod, clock: float) -> None:
        image = self.image or self._pulled(pod, clock)
        if image is None:
            return
        try:
            launch = assemble(self._context, pod, self.spec, image, self._volumes)
        except (MissingError, UnknownFieldError, RefusedUserError, MountError) as error:
            self._due = clock + self._context.settings.retry_seconds
            if self.state != Waiting("CreateContainerConfigError", str(error)):
                self._context.recorder.warning(pod, "Failed", f"Error: {error}")
            self._show(Waiting("CreateContainerConfigError", str(error)))
            return
        except StartError as error:
            self._failed_to_start(pod, clock, str(error))
            return
        self._run(pod, launch, clock)

    def _run(self, pod: Pod, launch: Launch, clock: float) -> None:
        context, name = self._context, self.spec.name
        if self._ran:
            self.restarts += 1
        self._ran = True
        self.container_id = f"groundwork-process://{uuid.uuid4().hex}"
        path = logs.log_path(context.settings.pod_logs, self._ref, name, self.restarts)
        try:
            clean(launch)
            writer = logs.LogWriter(path, context.settings.log_bytes)
        except OSError as error:  # a full disk
            self._failed_to_start(pod, clock, f"cannot prepare the container: {error}")
            return
        context.recorder.normal(pod, "Created", f"Created container: {name}")
        try:
            process = context.runtime.start(launch, writer.output)
        except StartError as error:
            writer.started()
            self._failed_to_start(pod, clock, str(error))
            return
        writer.started()
        # Before all else: what fails from here on must find it, not start a second one.
        self._process, self._launch, self._writer = process, launch, writer
        process.record(launch.scratch.parent / f"{name}.process")
        self._show(Running(now()))
        self._kill_at, self._out_of_memory = None, False
        self.health.begin(lambda command, output: _beside(context, launch, command, output))
        caveat = context.runtime.caveat(launch)
        if caveat:
            context.recorder.warning(pod, "NotIsolated", f"Container {name}: {caveat}")
        context.recorder.normal(pod, "Started", f"Started container {name}")

    def _ended(self, pod: Pod, process: Process, code: int, clock: float) -> None:
        launch, writer = self._launch, self._writer
        self._process = self._launch = self._writer = None
        self.health.end()
        if writer is not None:
            writer.join(_DRAIN_SECONDS)
        began = self.state.started if isinstance(self.state, Running) else now()
        reason = "Completed" if code == 0 else "Error"
        path = logs.log_path(self._context.settings.pod_logs, self._ref, self.spec.name, self.restarts)
        failure = process.error or _bwrap_failure(path, code)
        message = self._message(launch, path, code)
        if self._out_of_memory:
            reason = "OOMKilled"
        elif failure:
            code, reason, message = _START_FAILED, "StartError", failure
            self._context.recorder.warning(pod, "Failed", f"Error: {failure}")
        self._finish(Terminated(code, reason, began, now(), self.container_id, message), clock)

    def _failed_to_start(self, pod: Pod, clock: float, message: str) -> None:
        self._ran = True
        self._context.recorder.warning(pod, "Failed", f"Error: {message}")
        moment = now()
        self._finish(Terminated(_START_FAILED, "StartError", moment, moment, self.container_id, message), clock)

    def _finish(self, ended: Terminated, clock: float) -> None:
        self._show(ended)
        if self._restarts_after(ended):
            ran = (ended.finished - ended.started).total_seconds()
            self._pause = self._backoff.take(ran)
            self._due = clock + self._pause

    def _wait_to_restart(self, pod: Pod) -> None:
        message = f"back-off {self._pause:g}s restarting failed container={self.spec.name} pod={self._ref}"
        self._show(Waiting("CrashLoopBackOff", message))
        self._context.recorder.warning(
            pod, "BackOff", f"Back-off restarting failed container {self.spec.name} in pod {self._ref}"
        )

    def _wait_to_pull(self, pod: Pod) -> None:
        if time.time() < self._pull_failed_at + _SHOWN_SECONDS:
            return
        told = f'Back-off pulling image "{self.spec.image}"'
        why = self.state.message if isinstance(self.state, Waiting) else ""
        self._show(Waiting("ImagePullBackOff", f"{told}: {_PULL_FAILED}: {why}"))
        self._context.recorder.normal(pod, "BackOff", told)

    def _show(self, state: State) -> None:
        if isinstance(self.state, Terminated):
            self.last = self.state
        self.state = state

    def _pulled(self, pod: Pod, clock: float) -> Image | None:
        """The image, once it is there; meanwhile the pull goes on in another thread."""
        reference, recorder = self.spec.image or "", self._context.recorder
        if self._pull is None:
            recorder.normal(pod, "Pulling", f'Pulling image "{reference}"')
            self._pull = self._context.images.pull(reference)
        if not self._pull.done():
            return None
        pull, self._pull = self._pull, None
        try:
            image = pull.result()
        except PullError as error:
            self._pull_failed(pod, clock, str(error))
            return None
        took = f"in {image.seconds:.3g}s" if image.seconds else "(already present on machine)"
        recorder.normal(pod, "Pulled", f'Successfully pulled image "{reference}" {took}')
        self._context.images.hold(image.digest, self._ref.uid)
        self.image, self.image_id, self._pull_failed_at = image, image.identifier, 0.0
        return image

    def _pull_failed(self, pod: Pod, clock: float, why: str) -> None:
        recorder = self._context.recorder
        self._pull_failed_at = time.time()
        self._due = clock + self._pull_backoff.take()
        recorder.warning(pod, "Failed", f'Failed to pull image "{self.spec.image}": {why}')
        recorder.warning(pod, "Failed", f"Error: {_PULL_FAILED}")
        self._show(Waiting(_PULL_FAILED, why))

    def _watch_memory(self, process: Process, clock: float) -> None:
        limit = pick(self.spec.resources.limits if self.spec.resources else None, "memory")
        if limit is None or clock < self._memory_at or self._out_of_memory:
            return
        self._memory_at = clock + _MEMORY_SECONDS
        if process.memory() > limit and process.exact_memory() > limit:
            self._out_of_memory = True
            process.kill()

    def _message(self, launch: Launch | None, log: Path, code: int) -> str:
        if launch is None:
            return ""
        try:
            with launch.message_file.open("rb") as file:
                told = file.read(_MESSAGE_BYTES).decode(errors="replace")
        except OSError:
            told = ""
        if told or code == 0 or self.spec.terminationMessagePolicy != "FallbackToLogsOnError":
            return told
        return logs.last_lines(log, lines=_TAIL_LINES, size=_TAIL_BYTES)


def _beside(context: Context, launch: Launch, command: tuple[str, ...], output: int) -> Process:
    """Run a probe's command with all that the container has but its process."""
    return context.runtime.start(replace(launch, command=command), output)


def _bwrap_failure(log: Path, code: int) -> str:
    """What bwrap itself said when it could not start the program: it tells only on the container's own output."""
    if code != 1:
        return ""
    tail = logs.last_lines(log, lines=1, size=_TAIL_BYTES).strip()
    return tail if tail.startswith("bwrap: ") else ""
