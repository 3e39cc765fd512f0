"""What this machine has and lacks, tool by tool, with what to do about it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Final

from toolchain import bootstrap, cache, find, golang
from toolchain.tools import NEEDED_BY_UP, PINS, Graph, Tool
from toolchain.versions import Version

_LOWEST_PYTHON: Final = Version(*bootstrap.LOWEST_PYTHON, 0)
_LOWEST_UV: Final = Version(*bootstrap.LOWEST_UV, 0)
_PROBE_LIMIT: Final = 20.0
_GIB: Final = 1024**3
_ROOM: Final = 2 * _GIB
"""Bytes that the sandbox's state and a build's leftovers may take once everything is built."""


@dataclass(frozen=True)
class Row:
    """One line of ``gw doctor``.

    Attributes:
        name: the tool, or ``disk`` and ``sandbox walls``.
        ok: False when ``make up`` cannot work without the advice being followed.
        version: what is there, empty when nothing is.
        where: its place, and whether it is from PATH or our cache; empty when it is not there.
        advice: what to do, or what will be done, or what is passed over; empty when there is nothing to say.
    """

    name: str
    ok: bool
    version: str
    where: str
    advice: str


def examine() -> list[Row]:
    """Look at everything that Groundwork uses on this machine; builds and changes nothing.

    Raises:
        Problem: the cache's folder is set wrongly, or no tool is pinned for this machine (exit code 4).
    """
    go = golang.at_hand(_newest_minimum())
    rows = [_tool(tool, go) for tool in Tool]
    missing = {PINS[tool].graph for tool in NEEDED_BY_UP if find.find(tool) is None}
    others = (_go(go), _python(), _uv(), _program("git"), _program("make"), _walls(), _disk(missing))
    return [*rows, *others]


def _tool(tool: Tool, go: golang.Go | None) -> Row:
    pin = PINS[tool]
    outcome = find.search(tool)
    passed_over = "; ".join(f"{refused.path} is not used: {refused.reason}" for refused in outcome.refused)
    found = outcome.found
    if found is None:
        when = "by the next `make up`" if tool in NEEDED_BY_UP else "when a target needs it"
        how = f"with Go {go.version}" if go else f"with Go {golang.wheel_version()}, which is installed for it"
        advice = f"{pin.version()} is built {when}, {how}"
        return Row(tool, ok=True, version="", where="", advice="; ".join(filter(None, (advice, passed_over))))
    damaged = _damaged(tool, found, go)
    advice = f"damaged ({', '.join(damaged)}): remove {found.path.parent.parent}, it is built again" if damaged else ""
    where = f"{found.path} ({found.source})"
    text = "; ".join(filter(None, (advice, passed_over)))
    return Row(tool, ok=not damaged, version=str(found.version), where=where, advice=text)


def _damaged(tool: Tool, found: find.Found, go: golang.Go | None) -> list[str]:
    """Names of files of a cached tool that are not as they were built."""
    if found.source is not find.Source.CACHE:
        return []
    entry = cache.lookup(PINS[tool], go.version if go else None)
    return entry.damaged() if entry is not None else []


def _newest_minimum() -> Version:
    return max(pin.graph.minimum_go() for pin in PINS.values())


def _go(go: golang.Go | None) -> Row:
    if go is None:
        advice = f"not needed until something is built; then Go {golang.wheel_version()} is installed from PyPI"
        return Row("go", ok=True, version="", where="", advice=advice)
    source = find.Source.CACHE if go.private else find.Source.PATH
    return Row("go", ok=True, version=str(go.version), where=f"{go.executable} ({source})", advice="")


def _python() -> Row:
    version = Version.parse(platform.python_version())
    ok = version >= _LOWEST_PYTHON
    return Row(
        "python",
        ok=ok,
        version=str(version),
        where=sys.executable,
        advice="" if ok else f"Python {_LOWEST_PYTHON} or later is needed",
    )


def _uv() -> Row:
    path = golang.uv()
    if path is None:
        return Row("uv", ok=True, version="", where="", advice="`make setup` installs it")
    try:
        version = find.ask(path, ("--version",))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Row("uv", ok=False, version="", where=str(path), advice=f"it does not tell its version ({error})")
    ok = version >= _LOWEST_UV
    advice = "" if ok else f"it is not used ({_LOWEST_UV} or later is accepted); `make setup` installs one"
    return Row("uv", ok=True, version=str(version), where=str(path), advice=advice)


def _program(name: str) -> Row:
    path = shutil.which(name)
    if path is None:
        return Row(name, ok=False, version="", where="", advice=f"install {name} with your system's packages")
    try:
        version = _loose_version(path)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Row(name, ok=False, version="", where=path, advice=f"it does not tell its version ({error})")
    return Row(name, ok=True, version=version, where=path, advice="")


def _loose_version(path: str) -> str:
    """The version as the program prints it: git, make and bubblewrap leave the patch out at times."""
    done = subprocess.run(  # noqa: S603 - a program of the user's PATH, asked for its version
        [path, "--version"], capture_output=True, text=True, timeout=_PROBE_LIMIT, check=True
    )
    found = re.search(r"\d+(?:\.\d+)+", done.stdout)
    if found is None:
        raise ValueError("no version in its answer")
    return found[0]


def _walls() -> Row:
    """Bubblewrap: optional, because the sandbox's node also runs pods without it, and says so."""
    name = "bwrap (optional)"
    lost = "pods of the sandbox then run as plain processes that see the whole file system"
    path = shutil.which("bwrap")
    if path is None:
        return Row(name, ok=True, version="", where="", advice=f"install bubblewrap for walls around pods; {lost}")
    try:
        subprocess.run(  # noqa: S603 - the user's own bubblewrap, with arguments of ours
            [path, "--ro-bind", "/", "/", "--unshare-pid", "true"],
            check=True,
            capture_output=True,
            timeout=_PROBE_LIMIT,
        )
        return Row(name, ok=True, version=_loose_version(path), where=path, advice="")
    except (OSError, ValueError, subprocess.SubprocessError):
        advice = f"it does not work here (user namespaces are likely off); {lost}"
        return Row(name, ok=True, version="", where=path, advice=advice)


def _disk(missing: set[Graph]) -> Row:
    """Room for what is still to be built; graphs share one disk in the end, so their needs add up."""
    place = cache.root()
    existing = next(folder for folder in (place, *place.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    needed = sum(graph.disk for graph in missing) + _ROOM
    writable = os.access(existing, os.W_OK)
    advice = ""
    if not writable:
        advice = f"set {cache.VARIABLE} to a folder that you can write to"
    elif free < needed:
        advice = f"{needed / _GIB:.1f} GiB are needed: free some, or set {cache.VARIABLE} to a disk with room"
    return Row("disk", ok=not advice, version=f"{free / _GIB:.1f} GiB free", where=str(place), advice=advice)
