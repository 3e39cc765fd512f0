"""The probes of one container, taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.node.probes import ProbeLoop, checker

if TYPE_CHECKING:
    from collections.abc import Callable

    from lightkube.models.core_v1 import Container, Probe
    from lightkube.resources.core_v1 import Pod

    from sandbox.node.context import Context
    from sandbox.node.process import Process

    RunBeside = Callable[[tuple[str, ...], int], Process]


class Health:
    """Starts a container's probes with it; liveness and readiness wait for the startup probe.

    Args:
        context: the node's parts.
        pod: the container's pod, for events.
        spec: the container.
    """

    def __init__(self, context: Context, pod: Pod, spec: Container) -> None:
        self._context = context
        self._pod = pod
        self._spec = spec
        self._loops: dict[str, ProbeLoop] = {}
        self._run_beside: RunBeside | None = None

    def begin(self, run_beside: RunBeside) -> None:
        """The container has been started."""
        self.end()
        self._run_beside = run_beside
        self._add("Startup", self._spec.startupProbe, healthy=False)
        self._add_others()

    def end(self) -> None:
        """The container has ended, or is about to: probe no more."""
        for loop in self._loops.values():
            loop.end()
        self._loops = {}
        self._run_beside = None

    @property
    def started(self) -> bool:
        """It runs, and its startup probe, if any, has passed."""
        startup = self._loops.get("Startup")
        return self._run_beside is not None and (startup is None or startup.healthy)

    @property
    def ready(self) -> bool:
        """It has started, and its readiness probe, if any, passes."""
        readiness = self._loops.get("Readiness")
        return self.started and (self._spec.readinessProbe is None or (readiness is not None and readiness.healthy))

    def failing(self) -> bool:
        """It must be ended: its startup or liveness probe has failed too often."""
        if self.started:
            self._add_others()
        return any(loop.exhausted for name, loop in self._loops.items() if name in {"Startup", "Liveness"})

    def _add_others(self) -> None:
        if self.started:
            startup = self._loops.get("Startup")
            if startup is not None:
                startup.end()
            self._add("Liveness", self._spec.livenessProbe, healthy=True)
            self._add("Readiness", self._spec.readinessProbe, healthy=False)

    def _add(self, name: str, probe: Probe | None, *, healthy: bool) -> None:
        if probe is None or name in self._loops or self._run_beside is None:
            return

        def failed(message: str) -> None:
            self._context.recorder.warning(self._pod, "Unhealthy", f"{name} probe failed: {message}")

        loop = ProbeLoop(probe, checker(probe, self._spec, self._run_beside), healthy=healthy, failed=failed)
        self._loops[name] = loop
        loop.start()
