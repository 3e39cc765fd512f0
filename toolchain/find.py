"""Look a tool up without building it: on PATH at an accepted version, then in the user's cache."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolchain import cache, golang
from toolchain.tools import PINS, Pin, Tool
from toolchain.versions import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROBE_LIMIT: Final = 20.0
LANGUAGE_HOST: Final = "pulumi-language-python"


class Source(StrEnum):
    """Where a tool was found."""

    PATH = "PATH"
    CACHE = "cache"


@dataclass(frozen=True)
class Found:
    """A tool that can be used.

    Attributes:
        tool: which.
        path: its executable, absolute.
        version: what it says itself (on PATH), or what it was built as (in the cache).
        source: where it was found.
    """

    tool: Tool
    path: Path
    version: Version
    source: Source


@dataclass(frozen=True)
class Refused:
    """A tool on PATH that is not used, and why."""

    tool: Tool
    path: Path
    reason: str


@dataclass(frozen=True)
class Search:
    """The outcome of a look-up: what will be used, if anything, and what was passed over."""

    found: Found | None
    refused: tuple[Refused, ...]


def find(tool: Tool) -> Found | None:
    """The tool as it would be used, or None when it has to be built.

    Raises:
        Problem: the cache's folder is set wrongly, or no tool is pinned for this machine (exit code 4).
    """
    return search(tool).found


def search(tool: Tool) -> Search:
    """`find`, with what was passed over on PATH.

    Raises:
        Problem: as `find`.
    """
    pin = PINS[tool]
    refused: list[Refused] = []
    for path in _on_path(tool):
        verdict = judge(pin, path)
        if isinstance(verdict, Found):
            return Search(verdict, tuple(refused))
        refused.append(verdict)
    return Search(_in_cache(pin), tuple(refused))


def judge(pin: Pin, path: Path) -> Found | Refused:
    """Whether the executable at ``path`` can serve as ``pin``'s tool; asks it for its version."""
    try:
        version = ask(path, pin.probe)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Refused(pin.tool, path, f"it does not tell its version ({error})")
    if not pin.accept.allows(version, pin.version()):
        return Refused(pin.tool, path, f"it is version {version}; accepted: {pin.accepted()}")
    if pin.tool is Tool.PULUMI and not _has_language_host(path):
        return Refused(pin.tool, path, f"it has no {LANGUAGE_HOST} beside it or on PATH")
    return Found(pin.tool, path, version, Source.PATH)


def ask(path: Path, probe: tuple[str, ...]) -> Version:
    """The version that the executable prints.

    Raises:
        OSError: it cannot be started.
        subprocess.SubprocessError: it fails, or gives no answer within 20 s.
        ValueError: it prints no version.
    """
    done = subprocess.run(  # noqa: S603 - a tool of the table, from the user's PATH or our own build
        [path, *probe],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_PROBE_LIMIT,
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "1"},  # Pulumi would ask the network for news
    )
    return Version.parse(done.stdout or done.stderr)


def _on_path(tool: Tool) -> Iterator[Path]:
    """Every executable of that name on PATH, in its order: an accepted one may stand behind another."""
    seen = set()
    for folder in os.get_exec_path():
        name = shutil.which(tool, path=folder) if folder else None
        if name is not None and (path := Path(name).absolute()) not in seen:
            seen.add(path)
            yield path


def _has_language_host(pulumi: Path) -> bool:
    """As the engine looks: beside its own executable, links resolved, or on PATH."""
    beside = pulumi.resolve().parent / LANGUAGE_HOST
    return os.access(beside, os.X_OK) or shutil.which(LANGUAGE_HOST) is not None


def _in_cache(pin: Pin) -> Found | None:
    go = golang.at_hand(pin.graph.minimum_go())
    entry = cache.lookup(pin, go.version if go else None)
    return Found(pin.tool, entry.binary, Version.parse(entry.receipt.version), Source.CACHE) if entry else None
