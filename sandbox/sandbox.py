"""The sandbox as ``gw`` sees it: start, stop, status, logs, purge."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from sandbox import processes, purge
from sandbox.connections import Connections
from sandbox.credentials import Credentials, User
from sandbox.launch import CHECKOUT, LOG, EndedError, Launcher
from sandbox.layout import Layout, unwritable
from sandbox.loopback import LOOPBACK
from sandbox.ports import Ports
from sandbox.services import catalogue
from sandbox.services.service import Name
from sandbox.services.setting import Setting
from sandbox.supervisor.state import Phase, State
from toolchain import files, lock
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from sandbox.supervisor.state import Record
    from toolchain.events import Emit
    from toolchain.tools import Tool

_LOCK_SECONDS = 300.0
_CLOCK_SECONDS = 30.0  # the API server takes tokens from up to a minute ahead


@dataclass(frozen=True)
class ServiceStatus:
    """One service, as it is now.

    Attributes:
        name: the service.
        state: a `Phase`: waiting, starting, ready, restarting, failed or stopped.
        pid: its process; None while there is none.
        port: its loopback port; None before the first start.
        rss: resident bytes of its process; 0 while there is none.
        restarts: how often it was started again since the sandbox was started.
        log: where its output is.
    """

    name: str
    state: str
    pid: int | None
    port: int | None
    rss: int
    restarts: int
    log: Path


class Sandbox:
    """The embedded cloud in one folder. Nothing is started or written before `start`.

    Args:
        root: the sandbox's folder (``.sandbox``).
        binaries: executable by tool: etcd, kube-apiserver, kube-controller-manager, versitygw. Only `start` looks.
        without: services to leave out, for tests of the others.

    Attributes:
        layout: what is where in the folder.
    """

    def __init__(self, root: Path, binaries: Mapping[Tool, Path], *, without: frozenset[str] = frozenset()) -> None:
        self.layout = Layout(root.absolute())
        self._binaries = binaries
        self._without = without
        self._launcher = Launcher(self.layout)

    def start(self, emit: Emit = ignore) -> Connections:
        """Bring every service up, or see that it is; the same addresses and keys each time.

        Raises:
            Problem: a service does not come up, the folder is of another version (exit code 6), the disk is full (7),
                another process holds the sandbox (8), or it takes too long (9).
        """
        try:
            self.layout.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._locked(emit):
                self.layout.prepare()
                return self._start(emit)
        except OSError as error:
            raise unwritable(self.layout.root, error) from error

    def stop(self, emit: Emit = ignore) -> None:
        """Stop every service and the supervisor in order, and end what an earlier run left behind.

        Raises:
            Problem: another process holds the sandbox (exit code 8).
        """
        if self.layout.root.is_dir():
            with self._locked(emit):
                self._launcher.stop()

    def status(self) -> list[ServiceStatus]:
        """Each service; all stopped where no supervisor runs."""
        state = self._launcher.running()
        ports = Ports(self.layout.ports).recorded()
        return [self._status(name, state, ports.get(name)) for name in Name if name not in self._without]

    def log_path(self, name: str) -> Path:
        """Where the output of a service, or of the supervisor, is.

        Raises:
            Problem: no such service (exit code 2).
        """
        names = [*Name, LOG]
        if name not in names:
            raise Problem("no such service", where=name, allowed=", ".join(names), exit_code=ExitCode.USAGE)
        return self.layout.log(name)

    def purge(self, emit: Emit = ignore) -> None:
        """Stop, then remove the folder with all that is in it.

        Raises:
            Problem: the folder does not look like a sandbox (exit code 6), or is held by another process (8).
        """
        if not self.layout.root.exists() and not self.layout.root.is_symlink():
            return
        purge.check(self.layout)
        with self._locked(emit):
            self._launcher.stop()
            try:
                purge.remove(self.layout)
            except OSError as error:
                raise unwritable(self.layout.root, error) from error

    def _locked(self, emit: Emit) -> AbstractContextManager[None]:
        return lock.exclusive(self.layout.start_lock, "starting or stopping the sandbox", emit, limit=_LOCK_SECONDS)

    def _start(self, emit: Emit) -> Connections:
        begun = time.monotonic()
        if self._is_up(emit):
            return self._connect(Ports(self.layout.ports).recorded())
        try:
            connections = self._afresh(emit)
        except EndedError as ended:
            # A start that was killed a moment ago may leave a supervisor that shows itself only now: the two cannot
            # both be, and the second ends. Once more, and what is in the way is ended first.
            emit(Event("sandbox.unwell", f"{ended.what}: once more"))
            connections = self._afresh(emit)
        seconds = round(time.monotonic() - begun, 2)
        emit(Event("sandbox.ready", f"the sandbox is ready after {seconds:.1f} s", {"seconds": seconds}))
        return connections

    def _afresh(self, emit: Emit) -> Connections:
        try:
            self._launcher.stop()
            self.layout.check_space()
            connections = self._prepare(emit)
            self._launcher.spawn(self._binaries, self._without, emit)
        except Problem:
            self._launcher.stop()
            raise
        return connections

    def _is_up(self, emit: Emit) -> bool:
        """Whether what runs is what is wanted and is ready, or becomes so by itself."""
        running = self._launcher.running()
        if running is None or running.failed or running.fingerprint != self._fingerprint():
            return False
        if processes.clock_offset() < running.clock_offset - _CLOCK_SECONDS:
            # Tokens of service accounts, issued by the old clock, are "not yet valid": no controller gets in.
            emit(Event("sandbox.clock", "the machine's clock was set back: starting afresh"))
            return False
        if not running.ready:
            self.layout.check_space()  # what ended on a full disk does not come back on one
        try:
            self._launcher.follow(running.run, running.supervisor, emit)
        except Problem as problem:
            # Its supervisor was killed just now, or a start that someone else began has failed: this start heals it.
            emit(Event("sandbox.unwell", f"{problem.what}: starting afresh"))
            return False
        return True

    def _prepare(self, emit: Emit) -> Connections:
        Credentials(self.layout.credentials).ensure()
        return self._connect(Ports(self.layout.ports).assign(Name, emit))

    def _connect(self, ports: Mapping[str, int]) -> Connections:
        """Tell where all is; also when it is up already, since files may have been lost."""
        credentials = Credentials(self.layout.credentials)
        credentials.write_kubeconfigs(f"https://{LOOPBACK}:{ports[Name.API_SERVER]}")
        connections = Connections(
            root=self.layout.root,
            kubeconfig=credentials.kubeconfig(User.ADMIN),
            object_store=f"http://{LOOPBACK}:{ports[Name.OBJECT_STORE]}",
            object_store_keys=credentials.object_store_keys,
            aws=f"http://{LOOPBACK}:{ports[Name.AWS]}",
            railway=f"http://{LOOPBACK}:{ports[Name.RAILWAY]}/graphql/v2",
            railway_edge=f"http://{LOOPBACK}:{ports[Name.RAILWAY]}",
            uptimerobot=f"http://{LOOPBACK}:{ports[Name.UPTIMEROBOT]}/v3",
            cloudflare=f"http://{LOOPBACK}:{ports[Name.CLOUDFLARE]}/client/v4",
            edge_token=credentials.edge_token,
            pulumi_home=self.layout.pulumi_home,
        )
        files.write(self.layout.connections, connections.model_dump_json(indent=2).encode())
        return connections

    def _fingerprint(self) -> str:
        """What would be run now; empty where that cannot be told, since something of it is missing."""
        setting = Setting(
            layout=self.layout,
            ports=Ports(self.layout.ports).recorded(),
            binaries={str(tool): path.absolute() for tool, path in self._binaries.items()},
            checkout=CHECKOUT,
            python=Path(sys.executable),
        )
        try:
            return catalogue.fingerprint(catalogue.define(setting, self._without), setting)
        except (KeyError, OSError):
            return ""

    def _status(self, name: Name, state: State | None, port: int | None) -> ServiceStatus:
        record = None if state is None else state.services.get(name)
        process = None if record is None or record.process is None or not record.process.alive else record.process
        return ServiceStatus(
            name=name,
            state=_phase(record),
            pid=None if process is None else process.pid,
            port=port,
            rss=0 if process is None else _resident(process.pid),
            restarts=0 if record is None else record.restarts,
            log=self.layout.log(name),
        )


def _phase(record: Record | None) -> Phase:
    if record is None:
        return Phase.STOPPED
    # Told to be ready and yet gone: its supervisor has not noticed, or has no room on the disk to say so.
    return Phase.RESTARTING if record.phase is Phase.READY and not record.ready else record.phase


def _resident(pid: int) -> int:
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
