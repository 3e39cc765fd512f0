"""`gw` as a user runs it: a process of its own, on a sandbox of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import signal

CHECKOUT = Path(__file__).resolve().parents[3]
_LIMIT_SECONDS = 400.0


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    text: str
    events: list[dict[str, Any]]

    def named(self, name: str) -> list[dict[str, Any]]:
        """The events of that name."""
        return [event for event in self.events if event.get("event") == name]

    @property
    def problem(self) -> dict[str, Any]:
        """The one problem that it ended with."""
        return self.named("failed")[-1]


@dataclass(frozen=True)
class Runner:
    """Runs commands on one sandbox.

    Attributes:
        root: the sandbox's folder.
        checkout: the repository that it runs from.
    """

    root: Path
    checkout: Path = CHECKOUT

    def start(self, *arguments: str, database: Path | None = None) -> subprocess.Popen[str]:
        """Start a command in a session of its own, as a shell would."""
        environment = os.environ | {
            "GROUNDWORK_SANDBOX": str(self.root),
            "DB": str(database or ""),
            "PYTHONPATH": str(self.checkout),
        }
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "delivery.cli", *arguments],
            cwd=self.checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, database: Path | None = None) -> Ran:
        """Run a command to its end."""
        return ended(self.start(*arguments, database=database))

    def cut_off(self, event: str, number: int, how: signal.Signals, *arguments: str) -> int:
        """Start a command, send the signal to its whole group at the event's nth time; returns the exit code."""
        process = self.start(*arguments)
        assert process.stderr is not None
        seen = 0
        for line in process.stderr:
            seen += f'"event": "{event}"' in line
            if seen == number:
                os.killpg(process.pid, how)
                break
        process.communicate(timeout=_LIMIT_SECONDS)
        return process.returncode


def ended(process: subprocess.Popen[str]) -> Ran:
    """Wait for a started command."""
    text, log = process.communicate(timeout=_LIMIT_SECONDS)
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return Ran(process.returncode, text, events)
