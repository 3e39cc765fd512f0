"""checkov's own environment, in the user's cache: made once from `scanner/uv.lock`, used offline from then on.

checkov pins an old boto3, which the program's own environment must not follow.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from uv import find_uv_bin

from toolchain import cache, files, lock, programs
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from toolchain.events import Emit

PROJECT: Final = Path(__file__).resolve().parent / "scanner"
LIMIT_SECONDS: Final = 600.0
"""The most that the set-up may take: 160 MB from a slow line."""
_READY: Final = "ready"
_TAIL_LINES: Final = 5


def key() -> str:
    """What decides how the environment looks: the lock file and this Python; part of every cached verdict's key."""
    digest = hashlib.sha256((PROJECT / "uv.lock").read_bytes())
    digest.update(f"{sys.implementation.cache_tag} {sys.version}".encode())
    return digest.hexdigest()[:20]


def python(emit: Emit) -> Path:
    """The Python that has checkov; the environment is set up when it is not there yet.

    Raises:
        Problem: it cannot be set up (exit code 4), no space is left (7), or another set-up does not end (8).
    """
    home = cache.root() / "checkov" / key()
    if not _whole(home):
        root = cache.make_root()
        try:
            with lock.exclusive(root / "checkov.lock", "setting checkov up", emit, limit=LIMIT_SECONDS):
                if not _whole(home):
                    _set_up(home, emit)
        except OSError as error:
            raise cache.unwritable(home, error) from error
    return home / "bin" / "python"


def _whole(home: Path) -> bool:
    """Whether it is set up, and the Python that it links to is still there."""
    return (home / _READY).exists() and (home / "bin" / "python").exists()


def _set_up(home: Path, emit: Emit) -> None:
    """Make ``home``: beside it, then renamed. Scripts in it name another folder, but no script of it is ever run."""
    emit(Event("checkov.setup.started", "setting checkov up, once", {"folder": str(home)}))
    home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in home.parent.glob(".new-*"):  # a set-up that was killed; the lock says that none runs now
        shutil.rmtree(left, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(dir=home.parent, prefix=".new-"))
    try:
        _sync(staging / "environment")
        files.write(staging / "environment" / _READY, b"", mode=0o600)
        shutil.rmtree(home, ignore_errors=True)
        (staging / "environment").rename(home)
        cache.sync_folder(home.parent)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    emit(Event("checkov.setup.finished", "checkov is set up", {"folder": str(home)}))


def _sync(folder: Path) -> None:
    """Have uv install what the lock file says, each file held to its checksum.

    Raises:
        Problem: uv could not (exit code 4).
    """
    command = [
        find_uv_bin(),
        "sync",
        "--frozen",
        "--no-progress",
        "--project",
        str(PROJECT),
        "--python",
        sys.executable,
    ]
    environment = os.environ | {
        "UV_PROJECT_ENVIRONMENT": str(folder),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_COMPILE_BYTECODE": "1",  # a scan is short: half of its first run would be compiling
    }
    environment.pop("VIRTUAL_ENV", None)
    try:
        done = programs.ask(command, environment=environment, limit=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        raise _failed(f"it took over {LIMIT_SECONDS:.0f} s") from None
    if done.returncode != 0:
        raise _failed("\n".join(done.stderr.decode(errors="replace").strip().splitlines()[-_TAIL_LINES:]))


def _failed(why: str) -> Problem:
    return Problem(
        f"checkov's environment cannot be set up: {why}",
        where=str(PROJECT / "uv.lock"),
        fix="connect to the package index once and run it again; from then on it works offline",
        exit_code=ExitCode.TOOLCHAIN,
    )
