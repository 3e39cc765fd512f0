"""Builds the Python environment of an image from the lock file, once per content, safely under two builders."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
import tomllib
from contextlib import suppress
from pathlib import Path

import structlog

from toolchain import lock
from toolchain.errors import Problem
from toolchain.events import ignore

_log = structlog.get_logger()
#: Longest time that one build may take; nearly all of it is a download, at most.
_BUILD_SECONDS = 300.0
_QUICK_SECONDS = 30.0
#: Longest wait for another builder of the same image: it runs uv three times at most.
_WAIT_SECONDS = 4 * _BUILD_SECONDS
#: Unused environments younger than this stay: another node or a test may have just made them.
_YOUNG_SECONDS = 60.0
_ERROR_LINES = 6
#: File in an environment that names the image it was built for.
_REFERENCE = "groundwork-image"


class BuildError(Exception):
    """An environment could not be built."""


class Builder:
    """Makes ``<images>/<digest>`` with ``uv``, first from uv's cache alone, then with the network.

    A build goes to a temporary folder and is renamed, under a lock file that a killed builder gives up by dying.

    Args:
        images: folder of all environments.
        checkout: the repository with ``uv.lock``.
        python: the interpreter to build with.
        uv: the ``uv`` program, None when there is none.
    """

    def __init__(self, images: Path, checkout: Path, python: Path, uv: Path | None) -> None:
        self._images = images
        self._checkout = checkout
        self._python = python
        self._uv = uv

    def place(self, digest: str) -> Path:
        """Where the environment of a digest is, or would be."""
        return self._images / digest

    def ensure(self, digest: str, folder: Path, reference: str) -> bool:
        """Build the environment unless it is there; True when it was built now.

        The image's reference is noted in it, for `prune`.

        Raises:
            BuildError: there is no ``uv``, the folder is no package, or the build failed or took too long.
        """
        if self.place(digest).is_dir():
            return False
        self._images.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with lock.exclusive(self._lock(digest), f"building {reference}", ignore, limit=_WAIT_SECONDS):
                if self.place(digest).is_dir():
                    return False
                self._build(digest, folder, reference)
        except Problem as problem:
            raise BuildError(problem.what) from problem
        return True

    def prune(self, reference: str, keep: set[str]) -> None:
        """Remove what an image was before and nothing uses any more, and what killed builds left."""
        for path in self._images.iterdir():
            if path.name in keep or not path.is_dir() or not _is_old(path):
                continue
            half = path.name.startswith(".new-")
            if not half and _noted(path) != reference:
                continue
            digest = path.name.removeprefix(".new-").partition("-")[0]
            held = lock.keep(self._lock(digest), "removing an old image", 0.0)
            if held is not None:
                shutil.rmtree(path, ignore_errors=True)
                with suppress(OSError):
                    self._lock(digest).unlink()
                os.close(held)

    def _build(self, digest: str, folder: Path, reference: str) -> None:
        package = _package(folder)
        temporary = Path(tempfile.mkdtemp(prefix=f".new-{digest}-", dir=self._images))
        try:
            environment = temporary / "environment"
            self._uv_run(["venv", "--quiet", "--relocatable", "--python", str(self._python), str(environment)], {})
            sync = ["sync", "--quiet", "--frozen", "--no-dev", "--no-editable", "--compile-bytecode"]
            sync += ["--python", str(self._python), "--package", package]
            target = {"UV_PROJECT_ENVIRONMENT": str(environment)}
            try:
                self._uv_run([*sync, "--offline"], target)
            except BuildError:
                _log.info("image.cache_incomplete", package=package)
                self._uv_run(sync, target)
            (environment / _REFERENCE).write_text(reference)
            environment.rename(self.place(digest))
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    def _uv_run(self, arguments: list[str], extra: dict[str, str]) -> None:
        if self._uv is None:
            msg = "uv is not there: run `make up`, which brings it, or start the node with --uv"
            raise BuildError(msg)
        # uv needs the node's own environment: proxy, mirror and cache settings of the user.
        kept = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONPATH"}}
        try:
            done = subprocess.run(  # noqa: S603 - our own uv with arguments made here
                [str(self._uv), *arguments],
                cwd=self._checkout,
                env=kept | extra,
                capture_output=True,
                text=True,
                timeout=_BUILD_SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BuildError(f"uv {arguments[0]}: {error}") from error
        if done.returncode != 0:
            tail = " ".join(done.stderr.split("\n")[-_ERROR_LINES:]).strip()
            raise BuildError(f"uv {arguments[0]} ended with {done.returncode}: {tail}")

    def _lock(self, digest: str) -> Path:
        return self._images / f".{digest}.lock"


def python_roots(environment: Path) -> tuple[Path, ...]:
    """Folders that the environment's interpreter needs, as linked and as they really are.

    Raises:
        BuildError: the interpreter does not run, or its folder is a home folder or above one.
    """
    python = environment / "bin" / "python"
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter just built
            [str(python), "-I", "-S", "-c", "import sys; print(sys.base_prefix)"],
            capture_output=True,
            text=True,
            timeout=_QUICK_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
            env={},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise BuildError(f"the interpreter {python} does not run: {error}") from error
    prefix = Path(done.stdout.strip())
    home = Path.home()
    for folder in {prefix, prefix.resolve()}:
        if home.is_relative_to(folder):
            raise BuildError(f"the interpreter's folder {folder} holds a home folder: use another interpreter")
    links = {prefix, prefix.resolve(), python.resolve().parent.parent, python.readlink().parent.parent}
    return tuple(sorted(path for path in links if path.is_absolute() and not home.is_relative_to(path)))


def _package(folder: Path) -> str:
    try:
        return str(tomllib.loads((folder / "pyproject.toml").read_text())["project"]["name"])
    except (OSError, ValueError, KeyError) as error:
        raise BuildError(f"{folder} is no Python package: {error}") from error


def _noted(path: Path) -> str:
    try:
        return (path / _REFERENCE).read_text()
    except OSError:
        return ""


def _is_old(path: Path) -> bool:
    try:
        return path.stat().st_mtime < time.time() - _YOUNG_SECONDS
    except OSError:
        return False
