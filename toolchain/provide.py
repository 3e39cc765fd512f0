"""Find the tools that are asked for, and build those that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolchain import cache, find, golang, lock
from toolchain.events import Emit, Event, ignore
from toolchain.tools import PINS, Graph, Tool

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LOCK: Final = "build.lock"


def provide(tools: Iterable[Tool], emit: Emit = ignore) -> dict[Tool, Path]:
    """The executable of each tool: from PATH at an accepted version, from the user's cache, else built now.

    Nothing but what is asked for is built. Two of these at once, in whatever checkout, build once: the second waits
    and finds the first one's work.

    Args:
        tools: which ones, in the order in which they are to be built.
        emit: told of versions passed over, of progress while building, and of what is used.

    Raises:
        Problem: a tool cannot be had: no Go and no network, a failing build (exit code 4), no space (exit code 7), or
            another builder that does not end (exit code 8).
    """
    wanted = list(dict.fromkeys(tools))
    paths: dict[Tool, Path] = {}
    for tool in wanted:
        outcome = find.search(tool)
        for refused in outcome.refused:
            text = f"{refused.path} is not used: {refused.reason}"
            emit(Event("toolchain.version.warning", text, {"tool": tool, "path": str(refused.path)}))
        if outcome.found is not None:
            paths[tool] = outcome.found.path
    missing = [tool for tool in wanted if tool not in paths]
    for graph in dict.fromkeys(PINS[tool].graph for tool in missing):
        paths |= _build(graph, [tool for tool in missing if PINS[tool].graph is graph], emit)
    return {tool: paths[tool] for tool in wanted}


def _build(graph: Graph, tools: list[Tool], emit: Emit) -> dict[Tool, Path]:
    """Build what is still missing once the lock is ours."""
    with lock.exclusive(cache.make_root() / LOCK, f"building {', '.join(tools)}", emit):
        go = golang.provide(graph.minimum_go(), emit)
        entries = {tool: cache.lookup(PINS[tool], go.version) for tool in tools}
        absent = [tool for tool, entry in entries.items() if entry is None]
        if absent:
            from toolchain import build  # noqa: PLC0415 - 0.2 s that only a build needs, not each `gw up`

            entries |= build.build(graph, absent, go, emit)
            # After each graph, not after the last: they share little, and together they take twice the disk. A build
            # that was cut off keeps what it compiled for the next run.
            golang.sweep()
        return {tool: entry.binary for tool, entry in entries.items() if entry is not None}
