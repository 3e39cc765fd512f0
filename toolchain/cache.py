"""The user's cache of built tools: outside every checkout, one folder for each build, whole or absent.

An entry counts when its receipt is there and fits its files. The receipt is written last, before the entry's folder is
renamed into place, so a build that was killed leaves nothing that counts.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from toolchain import files
from toolchain.errors import ExitCode, Problem
from toolchain.langhost.layout import SHIM
from toolchain.tools import Pin, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolchain.versions import Version

VARIABLE: Final = "GROUNDWORK_CACHE"
RECEIPT: Final = "receipt.json"
BUILD_FLAGS: Final = ("-mod=readonly", "-trimpath", "-buildvcs=false")
"""Flags of ``go build``; part of each key. No path of the builder's machine ends up in a binary."""
_RECIPE: Final = "1"
"""Raised by hand when the same pin is to be built or laid out in another way."""


class Receipt(BaseModel):
    """What an entry holds: file name to size in bytes and SHA-256, and what it was made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tool: str
    version: str
    go: str
    pin: str
    files: dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Entry:
    """A built tool in the cache: ``folder`` holds the receipt, ``folder/bin`` the binary and what belongs beside it."""

    folder: Path
    receipt: Receipt

    @property
    def binary(self) -> Path:
        """The tool itself."""
        return self.folder / "bin" / self.receipt.tool

    @classmethod
    def load(cls, folder: Path) -> Self | None:
        """The entry at ``folder``, or None when it does not count: no receipt, a file missing or of another size."""
        try:
            receipt = Receipt.model_validate_json((folder / RECEIPT).read_bytes())
            for name, (size, _digest) in receipt.files.items():
                path = folder / "bin" / name
                if path.stat().st_size != size or not os.access(path, os.X_OK):
                    return None
        except (OSError, ValidationError):
            return None
        return cls(folder, receipt)

    def damaged(self) -> list[str]:
        """Names of files whose content is not what was built; reads them wholly (about 0.2 s for 100 MB)."""
        return [
            name
            for name, (_size, digest) in self.receipt.files.items()
            if digest_of(self.folder / "bin" / name) != digest
        ]


def root() -> Path:
    """The cache's folder: ``$GROUNDWORK_CACHE``, else ``$XDG_CACHE_HOME/groundwork``, else ``~/.cache/groundwork``.

    Raises:
        Problem: the variable names a relative path (exit code 4).
    """
    chosen = os.environ.get(VARIABLE)
    if chosen:
        path = Path(chosen).expanduser()
        if not path.is_absolute():
            raise Problem(
                f"{VARIABLE} is a relative path",
                where=chosen,
                allowed="an absolute path",
                fix=f"unset {VARIABLE}, or set it to an absolute path",
                exit_code=ExitCode.TOOLCHAIN,
            )
        return path
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".cache") / "groundwork"


def make_root() -> Path:
    """`root`, made when it is not there, for its user alone.

    Raises:
        Problem: it cannot be made or written to (exit code 4, or 7 without space).
    """
    path = root()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write(path / "CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55\n", mode=0o600)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def unwritable(path: Path, error: OSError) -> Problem:
    """The problem that ``error`` is for a user of the cache."""
    full = error.errno in {28, 122}  # ENOSPC and EDQUOT: the disk, or the user's share of it, is full
    return Problem(
        "no space is left for the toolchain" if full else f"the toolchain's cache cannot be written: {error.strerror}",
        where=str(path),
        fix=f"free some space, or set {VARIABLE} to a folder with room" if full else f"set {VARIABLE} to your folder",
        exit_code=ExitCode.NO_SPACE if full else ExitCode.TOOLCHAIN,
    )


def go_platform() -> tuple[str, str]:
    """This machine as Go names it: GOOS and GOARCH.

    Raises:
        Problem: no tool is pinned for it (exit code 4).
    """
    system = {"linux": "linux", "darwin": "darwin"}.get(sys.platform)
    machine = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}.get(
        platform.machine().lower()
    )
    if system is None or machine is None:
        raise Problem(
            "the toolchain is not pinned for this machine",
            where=f"{sys.platform} {platform.machine()}",
            allowed="Linux or macOS on x86-64 or arm64",
            fix="use one of those, or a virtual machine",
            exit_code=ExitCode.TOOLCHAIN,
        )
    return system, machine


def pin_digest(pin: Pin) -> str:
    """Everything but Go itself that decides what is built: checksums, sources of ours, flags, platform."""
    folder = pin.graph.folder
    digest = hashlib.sha256()
    if pin.tool is Tool.PULUMI:
        digest.update(SHIM.encode() + b"\0")
    sources = [folder / "go.mod", folder / "go.sum", *sorted(folder.glob("*.go"))]
    for part in (_RECIPE, pin.tool, pin.package, pin.linker_flags(), *BUILD_FLAGS, *go_platform()):
        digest.update(part.encode() + b"\0")
    for source in sources:
        content = source.read_bytes()
        digest.update(f"{source.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:20]


def folder_of(pin: Pin, go: Version) -> Path:
    """Where the entry of ``pin`` built by ``go`` lies."""
    return root() / "tools" / f"{pin.tool}-{pin.version()}-go{go}-{pin_digest(pin)}"


def lookup(pin: Pin, go: Version | None) -> Entry | None:
    """The entry of ``pin`` built by ``go``; where no Go is at hand (None), one built by any."""
    if go is not None:
        return Entry.load(folder_of(pin, go))
    return next(_any_go(pin), None)


def _any_go(pin: Pin) -> Iterator[Entry]:
    pattern = f"{pin.tool}-{pin.version()}-go*-{pin_digest(pin)}"
    for folder in sorted((root() / "tools").glob(pattern), reverse=True):
        entry = Entry.load(folder)
        if entry is not None:
            yield entry


def store(pin: Pin, go: Version, staging: Path) -> Entry:
    """Make ``staging`` (holding ``bin/``, on the cache's file system) the entry of ``pin``: all of it, at once.

    Raises:
        OSError: the disk is full or not writable; nothing counts then.
    """
    target = folder_of(pin, go)
    content = {}
    for path in sorted((staging / "bin").iterdir()):
        path.chmod(0o755)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        content[path.name] = (path.stat().st_size, digest_of(path))
    receipt = Receipt(tool=pin.tool, version=str(pin.version()), go=str(go), pin=pin_digest(pin), files=content)
    files.write(staging / RECEIPT, receipt.model_dump_json(indent=2).encode(), mode=0o644)
    for folder in (staging / "bin", staging):
        sync_folder(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():  # it does not count, or nothing would have been built
        shutil.rmtree(target)
    staging.rename(target)
    sync_folder(target.parent)
    return Entry(target, receipt)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(path: Path) -> None:
    """Make the names in a folder last through a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
