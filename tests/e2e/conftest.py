"""One sandbox for all tests of the whole platform, brought up the hard way: interrupted, killed, then healed."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.e2e.delivery.commands import watched
from tests.e2e.delivery.runner import Ran, Runner

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Brought:
    """The sandbox, and how it came up.

    Attributes:
        gw: runs commands on it.
        interrupted: exit code of the run that got Ctrl-C while services started.
        killed: exit code of the run that was killed -9 in the middle of the update.
        healed: the run after that.
        commands: every command line that was seen on the machine while it ran.
    """

    gw: Runner
    interrupted: int
    killed: int
    healed: Ran
    commands: frozenset[str]


@pytest.fixture(scope="session")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brought]:
    """A sandbox that came up after Ctrl-C and kill -9."""
    gw = Runner(tmp_path_factory.mktemp("platform") / ".sandbox")
    try:
        interrupted = gw.cut_off("sandbox.service.ready", 2, signal.SIGINT, "up")
        killed = gw.cut_off("engine.up.resource", 12, signal.SIGKILL, "up")
        with watched() as commands:
            healed = gw.run("up")
        yield Brought(gw, interrupted, killed, healed, frozenset(commands))
    finally:
        gw.run("down", "--purge")
