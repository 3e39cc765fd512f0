"""Build the tools of one graph into the cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil
import stamina

from toolchain import cache, command, find, golang
from toolchain.errors import ExitCode, Problem
from toolchain.events import Emit, Event
from toolchain.langhost.layout import lay_out
from toolchain.tools import PINS, Graph, Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DOWNLOAD_LIMIT: Final = 20 * 60.0
_COMPILE_LIMIT: Final = 60 * 60.0
_ATTEMPTS: Final = 3
_TELL_EVERY: Final = 2.0
_MEMORY_PER_COMPILER: Final = 1024**3
"""Bytes that one compiler may take; the largest single packages stay below (peak of all: 3.4 GiB with two)."""
_MOST_COMPILERS: Final = 4
_ROOM: Final = f"free some space, or set {cache.VARIABLE} (and GOMODCACHE, GOCACHE) to a disk with room"
_ASK_LIMIT: Final = 60.0
_SDK: Final = "github.com/pulumi/pulumi/sdk/v3"


class _DownloadFailedError(Exception):
    """Modules could not be had this time."""


@dataclass
class _Progress:
    """Counts what ``go`` prints and tells it at most every two seconds, so that long work shows signs of life."""

    graph: Graph
    emit: Emit
    started: float = field(default_factory=time.monotonic)
    told: float = 0.0
    modules: int = 0
    packages: int = 0
    total: int = 0

    def module_line(self, line: str) -> None:
        if line.startswith("go: downloading "):
            self.modules += 1

    def package_line(self, line: str) -> None:
        if line and not line.startswith(("go: ", "#", " ", "\t")):
            self.packages += 1

    def tell(self) -> None:
        now = time.monotonic()
        if now - self.told < _TELL_EVERY:
            return
        self.told = now
        seconds = round(now - self.started)
        counts: dict[str, str | int | float | bool] = {"graph": self.graph.name, "seconds": seconds}
        if self.total:
            counts |= {"packages": self.packages, "total": self.total}
            text = f"{self.graph.name}: {self.packages} of {self.total} packages compiled, {seconds} s"
            self.emit(Event("toolchain.build.progress", text, counts))
        else:
            counts["modules"] = self.modules
            done = f"{self.modules} modules downloaded" if self.modules else "reading its modules"
            text = f"{self.graph.name}: {done}, {seconds} s"
            self.emit(Event("toolchain.modules.progress", text, counts))


def build(graph: Graph, tools: Sequence[Tool], go: golang.Go, emit: Emit) -> dict[Tool, cache.Entry]:
    """Build ``tools``, all of ``graph``, and put them into the cache. The caller holds the build lock.

    Raises:
        Problem: no space (exit code 7); no network, a failing build, or a wrong version (exit code 4).
    """
    return _Build(graph, tuple(tools), go, emit).run()


def check_space(places: Iterable[Path], graph: Graph) -> None:
    """Whether the disks that a build writes to have room for it; places that do not exist yet count as their parents.

    Raises:
        Problem: one has not (exit code 7).
    """
    for place in places:
        existing = next(parent for parent in (place, *place.parents) if parent.exists())
        free = shutil.disk_usage(existing).free
        if free < graph.disk:
            raise Problem(
                f"there is no room to build the {graph.name} tools",
                where=f"{place}: {free / 1024**3:.1f} GiB free",
                allowed=f"{graph.disk / 1024**3:.1f} GiB",
                fix=_ROOM,
                exit_code=ExitCode.NO_SPACE,
            )


def compilers() -> int:
    """How many compilers run at once: one for each processor, as memory allows, four at most."""
    by_memory = int(psutil.virtual_memory().available // _MEMORY_PER_COMPILER)
    return max(1, min(os.cpu_count() or 1, by_memory, _MOST_COMPILERS))


class _Build:
    """One build of one graph, from its modules to its entries in the cache."""

    def __init__(self, graph: Graph, tools: tuple[Tool, ...], go: golang.Go, emit: Emit) -> None:
        self._graph = graph
        self._tools = tools
        self._go = go
        self._emit = emit
        self._environment = golang.environment(go)
        self._workspace = cache.make_root() / "build" / graph.name
        self._progress = _Progress(graph, emit)

    def run(self) -> dict[Tool, cache.Entry]:
        names = ", ".join(self._tools)
        folders = self._ask("env", "GOMODCACHE", "GOCACHE").split()
        check_space([cache.root(), *map(Path, folders)], self._graph)
        facts = {"graph": self._graph.name, "go": str(self._go.version)}
        self._emit(Event("toolchain.build.started", f"building {names} with Go {self._go.version}", facts))
        try:
            shutil.rmtree(self._workspace, ignore_errors=True)  # what a killed build left; nobody else has the lock
            (self._workspace / "out").mkdir(parents=True)
            self._progress.total = self._download()
            self._compile()
            entries = {tool: self._settle(tool) for tool in self._tools}
        except OSError as error:
            raise cache.unwritable(self._workspace, error) from error
        finally:
            shutil.rmtree(self._workspace, ignore_errors=True)
        seconds = round(time.monotonic() - self._progress.started, 1)
        text = f"{names} built in {seconds} s"
        self._emit(Event("toolchain.build.finished", text, {"graph": self._graph.name, "seconds": seconds}))
        return entries

    def _download(self) -> int:
        """Have every module that the tools need, checksums verified; returns how many packages they consist of."""
        try:
            for attempt in stamina.retry_context(
                on=_DownloadFailedError, attempts=_ATTEMPTS, wait_initial=1, wait_max=8
            ):
                with attempt:
                    return self._list_packages()
        except _DownloadFailedError as error:
            raise _failed(f"the modules of {self._graph.name} could not be downloaded", str(error)) from error
        raise AssertionError("a retry ends with a value or an error")

    def _list_packages(self) -> int:
        packages: set[str] = set()

        def on_line(line: str) -> None:
            self._progress.module_line(line)
            packages.add(line)

        try:
            result = command.run(
                [str(self._go.executable), "list", "-deps", "-f", "{{.ImportPath}}", *self._packages()],
                folder=self._graph.folder,
                environment=self._environment,
                limit=_DOWNLOAD_LIMIT,
                on_line=on_line,
                on_tick=self._progress.tell,
            )
        except TimeoutError as error:
            raise _DownloadFailedError(f"no end within {_DOWNLOAD_LIMIT:.0f} s") from error
        if result.code != 0:
            raise _DownloadFailedError(result.tail)
        return sum(not line.startswith("go: ") for line in packages)

    def _compile(self) -> None:
        options = ["-v", "-p", str(compilers()), "-ldflags", PINS[self._tools[0]].linker_flags()]
        output = f"{self._workspace / 'out'}/"
        try:
            result = command.run(
                [str(self._go.executable), "build", *options, "-o", output, *self._packages()],
                folder=self._graph.folder,
                environment={**self._environment, "TMPDIR": str(self._workspace)},  # swept up with the workspace
                limit=_COMPILE_LIMIT,
                on_line=self._progress.package_line,
                on_tick=self._progress.tell,
            )
        except TimeoutError as error:
            raise _failed(f"the build of {self._graph.name} did not end within {_COMPILE_LIMIT:.0f} s", "") from error
        if result.code != 0:
            raise _failed(f"the build of {self._graph.name} failed", result.tail)

    def _settle(self, tool: Tool) -> cache.Entry:
        """Prove one binary by asking it for its version, lay out what belongs beside it, and store it."""
        pin = PINS[tool]
        staging = self._workspace / tool
        binary = staging / "bin" / tool
        binary.parent.mkdir(parents=True)
        (self._workspace / "out" / tool).rename(binary)
        try:
            version = find.ask(binary, pin.probe)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            raise _failed(f"the {tool} just built does not start", str(error)) from error
        if version != pin.version():
            raise _failed(f"the {tool} just built says that it is version {version}", f"pinned: {pin.version()}")
        if tool is Tool.PULUMI:
            lay_out(Path(self._ask("list", "-m", "-f", "{{.Dir}}", _SDK).strip()), binary.parent)
        return cache.store(pin, self._go.version, staging)

    def _packages(self) -> list[str]:
        return [PINS[tool].package for tool in self._tools]

    def _ask(self, *arguments: str) -> str:
        """What ``go`` answers to a short question."""
        try:
            return subprocess.run(  # noqa: S603 - the Go that was chosen, with arguments of our own
                [self._go.executable, *arguments],
                capture_output=True,
                text=True,
                timeout=_ASK_LIMIT,
                check=True,
                cwd=self._graph.folder,
                env=self._environment,
            ).stdout
        except subprocess.CalledProcessError as error:
            raise _failed(f"`go {' '.join(arguments)}` failed", error.stderr) from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _failed(f"`go {' '.join(arguments)}` failed", str(error)) from error


def _failed(what: str, detail: str) -> Problem:
    if "no space left on device" in detail or "disk quota exceeded" in detail:
        return Problem(
            "no space is left to build the toolchain",
            where=detail.strip().splitlines()[-1],
            fix=_ROOM,
            exit_code=ExitCode.NO_SPACE,
        )
    return Problem(
        what,
        where=detail.strip()[-1500:],
        fix="see that proxy.golang.org can be reached (GOPROXY is honoured) and run it again; "
        "or put the tool on PATH (`mise install` gets the vendors' binaries)",
        exit_code=ExitCode.TOOLCHAIN,
    )
