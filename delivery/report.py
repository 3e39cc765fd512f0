"""How `gw` tells what it does: progress on a terminal, one JSON line per event otherwise.

Progress goes to standard error; a command's result goes to standard output, so that it can be piped.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.text import Text

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO

    from toolchain.errors import Problem
    from toolchain.events import Event

_STYLES = {"failed": "red", "warning": "yellow", "ready": "green", "finished": "green", "healed": "yellow"}


@dataclass(frozen=True)
class _Running:
    """A line whose seconds go on while nothing is told."""

    start: float
    message: str

    def __rich__(self) -> Text:
        return Text.assemble((f"{time.monotonic() - self.start:5.1f}s", "dim"), " ", self.message, overflow="ellipsis")


class Reporter:
    """Shows events as they come; use it as a context, so that the terminal is left clean.

    On a terminal the running event is a spinner with the seconds since the start, and each ended one stays as a line.
    Elsewhere every event is a line of JSON: ``time`` (seconds since the epoch), ``event``, ``message`` and its fields.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._console = Console(file=self._stream, highlight=False, emoji=False)
        self._status = self._console.status("starting") if self._console.is_terminal else None
        self._start = time.monotonic()

    def __enter__(self) -> Self:
        """Start the spinner where there is a terminal."""
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the spinner away."""
        if self._status is not None:
            self._status.stop()

    def __call__(self, event: Event) -> None:
        """Show one event: this is the `toolchain.events.Emit` that the steps are given."""
        if self._status is None:
            line = {"time": round(time.time(), 3), "event": event.name, "message": event.message, **event.fields}
            print(json.dumps(line), file=self._stream, flush=True)
            return
        ending = event.name.rpartition(".")[2]
        seconds = f"[dim]{time.monotonic() - self._start:5.1f}s[/dim]"
        if ending in _STYLES:
            self._console.print(f"{seconds} [{_STYLES[ending]}]{escape(event.message)}[/]")
        else:
            self._status.update(_Running(self._start, event.message))


def show_problem(problem: Problem, stream: TextIO | None = None) -> None:
    """One clear screen: what, where, what is allowed, what to do, and the exit code to look up."""
    console = Console(file=stream or sys.stderr, highlight=False, emoji=False)
    if not console.is_terminal:
        line = {
            "time": round(time.time(), 3),
            "event": "failed",
            "message": problem.what,
            "where": problem.where,
            "allowed": problem.allowed,
            "fix": problem.fix,
            "exit_code": int(problem.exit_code),
        }
        print(json.dumps(line), file=stream or sys.stderr, flush=True)
        return
    console.print(f"[bold red]{escape(problem.what)}[/]", soft_wrap=True)
    for label, text in (("where", problem.where), ("allowed", problem.allowed), ("fix", problem.fix)):
        if text:
            console.print(f"  [bold]{label:>8}[/]  {escape(text)}", soft_wrap=True)
    console.print(f"  [dim]exit code {int(problem.exit_code)}: docs/exit-codes.md[/]")
