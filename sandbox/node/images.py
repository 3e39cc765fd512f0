"""Images: an image reference is a job's folder in this repository, "pulled" into an environment of its own."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.node.dockerfile import STANDARD_PATH, DockerfileError, ImageConfig, read
from sandbox.node.image_build import Builder, BuildError, python_roots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Left out of the digest and of nothing else: what tools write beside sources.
_IGNORED = frozenset({"__pycache__", ".venv", "dist", "build", "node_modules", "tests"})
#: Environment variables by which an image tells where its Python environment is.
_HOME_VARIABLES = ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")
_DEFAULT_HOME = "/opt/venv"


class PullError(Exception):
    """An image that cannot be had; the message says why."""


@dataclass(frozen=True)
class Image:
    """An image that is ready to run.

    Attributes:
        reference: as the pod names it.
        digest: SHA-256 of all that went into it, in hex.
        config: how it is run.
        environment: its Python environment on this machine.
        home: where a container sees that environment.
        roots: folders outside the system's own that its interpreter needs, read-only.
        seconds: how long the pull took; 0 when it was there.
    """

    reference: str
    digest: str
    config: ImageConfig
    environment: Path
    home: str
    roots: tuple[Path, ...]
    seconds: float = 0.0

    @property
    def identifier(self) -> str:
        """As a pod's status names it."""
        return f"sha256:{self.digest}"

    def variables(self) -> dict[str, str]:
        """The image's environment; its Python environment comes first on PATH, as the image's own does."""
        search = self.config.env.get("PATH", STANDARD_PATH)
        own = f"{self.home}/bin"
        return dict(self.config.env) | {"PATH": search if own in search.split(":") else f"{own}:{search}"}


class Images:
    """Pulls images named by the table ``images.json`` (reference -> folder in the checkout).

    An image holds the job's package and what `uv.lock` pins for it, on this machine's own system. ``RUN`` and ``COPY``
    of its Dockerfile are not followed; ENTRYPOINT, CMD, ENV, USER and WORKDIR are.

    Args:
        table: the table; read anew at each pull.
        checkout: the repository.
        builder: makes an environment from a folder.
    """

    def __init__(self, table: Path, checkout: Path, builder: Builder) -> None:
        self._table = table
        self._checkout = checkout
        self._builder = builder
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pull")
        self._lock = threading.Lock()
        self._used: dict[str, set[str]] = {}

    def pull(self, reference: str) -> Future[Image]:
        """Start a pull; the future raises `PullError`."""
        return self._pool.submit(self._pull, reference)

    def table_changed(self) -> float:
        """When the table was last written, so that a pull that failed is tried again at once; 0 without a table."""
        try:
            return self._table.stat().st_mtime
        except OSError:
            return 0.0

    def hold(self, digest: str, user: str) -> None:
        """Keep an image from being removed while a pod runs on it."""
        with self._lock:
            self._used.setdefault(digest, set()).add(user)

    def release(self, user: str) -> None:
        """A pod has ended: it needs its images no more."""
        with self._lock:
            for users in self._used.values():
                users.discard(user)

    def close(self) -> None:
        """Stop pulls that have not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _pull(self, reference: str) -> Image:
        folder = self._folder(reference)
        try:
            config = read((folder / "Dockerfile").read_bytes())
            digest = content_digest(folder, self._checkout / "uv.lock")
            began = time.monotonic()
            built = self._builder.ensure(digest, folder, reference)
            seconds = time.monotonic() - began if built else 0.0
            environment = self._builder.place(digest)
            roots = python_roots(environment)
        except FileNotFoundError as error:
            raise PullError(f"{reference}: {error.filename} does not exist") from error
        except (DockerfileError, BuildError, OSError) as error:
            raise PullError(f"{reference}: {error}") from error
        self.hold(digest, f"latest {reference}")
        self._prune(reference, digest)
        return Image(reference, digest, config, environment, _home(config), roots, seconds)

    def _folder(self, reference: str) -> Path:
        try:
            table = json.loads(self._table.read_bytes())
        except FileNotFoundError:
            table = {}
        except (OSError, ValueError) as error:
            raise PullError(f"the image table {self._table} cannot be read: {error}") from error
        named = table.get(reference) if isinstance(table, dict) else None
        if not isinstance(named, str):
            known = ", ".join(sorted(table)) if isinstance(table, dict) and table else "none"
            raise PullError(f"{reference}: not found: no image of that name in {self._table} (known: {known})")
        folder = (self._checkout / named).resolve()
        if not folder.is_relative_to(self._checkout.resolve()):
            raise PullError(f"{reference}: {named} is outside the checkout")
        if not folder.is_dir():
            raise PullError(f"{reference}: no folder {named} in the checkout")
        return folder

    def _prune(self, reference: str, digest: str) -> None:
        with self._lock:
            for other, users in self._used.items():
                if other != digest:
                    users.discard(f"latest {reference}")
            keep = {one for one, users in self._used.items() if users}
        self._builder.prune(reference, keep)


def content_digest(folder: Path, lock: Path) -> str:
    """SHA-256 over the interpreter's version, `uv.lock`, and each file of a job by path and content."""
    total = hashlib.sha256(f"{sys.version} {sys.platform} {sys.base_prefix}".encode())
    total.update(hashlib.sha256(lock.read_bytes()).digest())
    for path in _sources(folder):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in _IGNORED or path.name.endswith((".pyc", ".egg-info")) or path.name.startswith(".mypy"):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _sources(path)
        elif path.is_file():
            yield path


def _home(config: ImageConfig) -> str:
    """Where the image keeps its environment: by its variables, else by the program it starts, else by its PATH."""
    for variable in _HOME_VARIABLES:
        named = config.env.get(variable, "")
        if named.startswith("/"):
            return named.rstrip("/")
    started = (config.entrypoint or config.command or ("",))[0]
    candidates = [started.rpartition("/")[0], *config.env.get("PATH", "").split(":")]
    for place in candidates:
        if place.startswith("/") and place.endswith("/bin") and place not in {*STANDARD_PATH.split(":")}:
            return place.removesuffix("/bin")
    return _DEFAULT_HOME
