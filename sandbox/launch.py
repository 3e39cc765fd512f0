"""Starts the supervisor, follows it until all is ready, and ends it with whatever it left behind."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sandbox import processes
from sandbox.supervisor.log import older, tail
from sandbox.supervisor.state import Phase, State
from toolchain import lock
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.layout import Layout
    from sandbox.processes import Identity
    from sandbox.supervisor.state import Record
    from toolchain.events import Emit
    from toolchain.tools import Tool

# Limits, not expectations: with two idle cores a start takes some 5 s and a stop 2 s.
_START_SECONDS = 240.0
_DETACH_SECONDS = 60.0
_STOP_SECONDS = 60.0
_ORPHAN_SECONDS = 5.0
_POLL_SECONDS = 0.05
_TAIL_LINES = 10

#: The supervisor's own log, beside the services'.
LOG = "supervisor"
#: The repository: the folder above this package.
CHECKOUT = Path(__file__).parents[1]


class EndedError(Problem):
    """The supervisor ended before all services were ready."""


@dataclass(frozen=True)
class Launcher:
    """Between `Sandbox` and the supervisor's process. Its caller holds the start lock.

    Attributes:
        layout: the sandbox's folder.
    """

    layout: Layout

    def running(self) -> State | None:
        """What the supervisor that runs now tells; None where none runs, or it has told nothing yet."""
        return State.load(self.layout.state) if lock.is_held(self.layout.supervisor_lock) else None

    def spawn(self, binaries: Mapping[Tool, Path], without: frozenset[str], emit: Emit) -> None:
        """Start a supervisor and wait until all its services are ready.

        Raises:
            Problem: a service does not come up (exit code 6), or not in time (9).
        """
        run = secrets.token_hex(8)
        command = [sys.executable, "-m", "sandbox.supervisor"]
        command += [f"--root={self.layout.root}", f"--checkout={CHECKOUT}", f"--run={run}"]
        command += [f"--binary={name}={path.absolute()}" for name, path in sorted(binaries.items())]
        command += [f"--without={name}" for name in sorted(without)]
        log = self.layout.log(LOG)
        if log.exists():
            log.replace(older(log))
        log.touch(mode=0o600)
        try:
            with log.open("ab") as output:
                # It prints its process number, detaches itself and lives on; what it prints later goes to its log.
                done = subprocess.run(  # noqa: S603 - our own module, with paths of our own
                    command,
                    cwd=CHECKOUT,
                    env={**os.environ, processes.MARK: str(self.layout.root)},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=output,
                    timeout=_DETACH_SECONDS,
                    check=False,
                )
        except subprocess.TimeoutExpired as error:
            raise self._late(None, _DETACH_SECONDS) from error
        supervisor = processes.identify(int(done.stdout)) if done.stdout.strip().isdigit() else None
        self.follow(run, supervisor, emit)

    def follow(self, run: str, supervisor: Identity | None, emit: Emit) -> None:
        """Wait until all services of the run are ready, telling of each.

        Raises:
            Problem: a service or the supervisor gives up (exit code 6), or it takes too long (9).
        """
        deadline = time.monotonic() + _START_SECONDS
        told: dict[str, tuple[Phase, int]] = {}
        while True:
            # Looked at before the state: who has ended tells nothing more.
            alive = supervisor is not None and supervisor.alive
            state = State.load(self.layout.state)
            if state is not None and state.run == run:
                _tell(state, told, emit)
                if state.failed:
                    raise self._given_up(state.failed[0], state.services[state.failed[0]].reason)
                if state.ready and alive:
                    return
            if not alive:
                raise self._given_up(LOG, "ended before all services were ready", EndedError)
            if time.monotonic() > deadline:
                raise self._late(state, _START_SECONDS)
            time.sleep(_POLL_SECONDS)

    def stop(self) -> None:
        """End the supervisor in order, and every process that it or an earlier run left behind."""
        state = State.load(self.layout.state)
        recorded = [] if state is None else state.processes
        # A supervisor that has told nothing yet is known by its mark alone.
        marked = [found for found in processes.marked(self.layout.root) if "sandbox.supervisor" in found.command]
        supervisors = {found.pid: found for found in [*marked, *recorded[:1]]}
        processes.end(supervisors.values(), _STOP_SECONDS)
        processes.end([*recorded, *processes.marked(self.layout.root)], _ORPHAN_SECONDS)

    def _given_up(self, name: str, reason: str, kind: type[Problem] = Problem) -> Problem:
        log = self.layout.log(name)
        lines = "".join(f"\n    {line}" for line in tail(log, _TAIL_LINES))
        return kind(
            f"{name} of the sandbox does not come up: {reason}",
            where=f"{log}{lines}",
            fix="mend what the log names, then run `make up` again; `gw down --purge` starts afresh",
            exit_code=ExitCode.SANDBOX,
        )

    def _late(self, state: State | None, limit: float) -> Problem:
        records = {} if state is None else state.services
        missing = [name for name, record in records.items() if record.phase is not Phase.READY]
        return Problem(
            f"the sandbox was not ready within {limit:.0f} s: {', '.join(missing) or LOG} missing",
            where=str(self.layout.logs),
            fix="look at the logs; on a very busy machine run `make up` again",
            exit_code=ExitCode.TIMEOUT,
        )


def _tell(state: State, told: dict[str, tuple[Phase, int]], emit: Emit) -> None:
    for name, record in state.services.items():
        now = (record.phase, record.restarts)
        if told.get(name) != now:
            told[name] = now
            event = _event(name, record)
            if event is not None:
                emit(event)


def _event(name: str, record: Record) -> Event | None:
    if record.phase is Phase.STARTING:
        return Event("sandbox.service.starting", f"{name} is starting", {"service": name})
    if record.phase is Phase.READY:
        seconds = record.ready_seconds or 0.0
        facts: dict[str, str | int | float | bool] = {"service": name, "seconds": seconds, "port": record.port}
        return Event("sandbox.service.ready", f"{name} is ready after {seconds:.1f} s", facts)
    if record.phase is Phase.RESTARTING:
        message = f"{name} is started again: {record.reason}"
        return Event("sandbox.service.restarting", message, {"service": name, "restarts": record.restarts})
    return None
