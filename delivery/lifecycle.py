"""`gw down`, `gw status`, `gw logs` and `gw doctor`: looking at the sandbox, and ending it."""

from __future__ import annotations

import json
import sys
from collections import deque
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.table import Table

from delivery import turn
from delivery.summary import wide
from sandbox.sandbox import Sandbox
from toolchain import doctor as toolchain_doctor
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from toolchain.events import Emit


def down(root: Path, emit: Emit, *, purge: bool) -> None:
    """Stop every service; with ``purge``, remove the folder too. Nothing to stop is fine."""
    if not root.exists():
        return
    with turn.taken(root, "gw down", emit):
        sandbox = Sandbox(root, {})
        sandbox.stop(emit)
        if purge:
            sandbox.purge(emit)


def status(root: Path, *, as_json: bool) -> None:
    """Print each service's state.

    Raises:
        Problem: a service that should run does not (exit code 6).
    """
    rows = Sandbox(root, {}).status()
    console = wide()
    if as_json:
        console.print_json(json.dumps([asdict(row) for row in rows], default=str))
    else:
        table = Table(box=None, pad_edge=False)
        for heading in ("service", "state", "pid", "port", "MiB", "restarts", "log"):
            table.add_column(
                heading, justify="right" if heading in {"pid", "port", "MiB", "restarts"} else "left", overflow="fold"
            )
        for row in rows:
            facts = (row.name, row.state, row.pid or "", row.port or "", (row.rss or 0) >> 20, row.restarts, row.log)
            table.add_row(*(str(fact) for fact in facts))
        console.print(table)
    if not rows or any(row.state != "ready" for row in rows):
        raise Problem("the sandbox is not up", where=str(root), fix="make up", exit_code=ExitCode.SANDBOX)


def logs(root: Path, service: str, lines: int) -> None:
    """Print the last lines of one log.

    Raises:
        Problem: no such service, or it has not logged yet (exit code 2).
    """
    folder = root / "logs"
    known = sorted(path.stem for path in folder.glob("*.log")) if folder.is_dir() else []
    if service not in known:
        raise Problem(
            f"there is no log of {service!r}",
            where=str(folder),
            allowed=", ".join(known) or "none yet: nothing was started",
            fix="gw status",
            exit_code=ExitCode.USAGE,
        )
    with (folder / f"{service}.log").open(errors="replace") as file:
        sys.stdout.writelines(deque(file, maxlen=lines))  # as it was written: no colour, no folding


def doctor(*, as_json: bool) -> None:
    """Print what each tool's state is.

    Raises:
        Problem: something that `make up` needs is missing and cannot be built here (exit code 4).
    """
    rows = toolchain_doctor.examine()
    console = wide()
    if as_json:
        console.print_json(json.dumps([asdict(row) for row in rows], default=str))
    else:
        table = Table(box=None, pad_edge=False)
        for heading in ("tool", "version", "found", "what to do"):
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(row.name, row.version, row.where, row.advice)
        console.print(table)
    if bad := [row.name for row in rows if not row.ok]:
        raise Problem(f"not ready: {', '.join(bad)}", fix="see the last column", exit_code=ExitCode.TOOLCHAIN)
