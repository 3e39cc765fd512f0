"""Preview and update against the floor: the same count of no-op resources through a no-op plugin, in the same run.

The floor is the engine, the language host and the program; what is above it is the stand-ins and the API server.
Limit: the local stack's preview within 1.5 x the floor of its size plus 3 s (issue "make up on a fresh machine").
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from delivery import stacks
from delivery.engine import Engine, Outcome
from delivery.workspace import Workspace
from sandbox.plugins import install
from sandbox.sandbox import Sandbox
from tests.bench.figure import Figure
from toolchain.events import ignore
from toolchain.provide import provide
from toolchain.tools import NEEDED_BY_UP, Tool

if TYPE_CHECKING:
    from sandbox.connections import Connections

_CHECKOUT = Path(__file__).resolve().parents[2]
_PROGRAM = Path(__file__).resolve().parent / "program"
_COUNTS = (100, 1000)
_FLOOR_FACTOR, _FLOOR_SECONDS = 1.5, 3.0


def run(work: Path) -> list[Figure]:
    """Measure both counts, then the local stack itself."""
    binaries = provide(NEEDED_BY_UP)
    box = Sandbox(work / "engine", binaries)
    box.purge()
    try:
        connections = box.start(ignore)
        figures: list[Figure] = []
        for count in _COUNTS:
            floor = _measure(binaries[Tool.PULUMI], connections, "noop", count)
            real = _measure(binaries[Tool.PULUMI], connections, "configmap", count)
            for step, value in real.items():
                figures.append(
                    Figure.of(f"engine.{step}_{count}", value, "s", peer="no-op plugin", peer_value=floor[step])
                )
        figures += _local(binaries[Tool.PULUMI], connections)
    finally:
        box.stop()
        box.purge()
    return figures


def _measure(pulumi: Path, connections: Connections, kind: str, count: int) -> dict[str, float]:
    """Seconds of a first preview, the update, and a preview with nothing to change."""
    engine = _engine(pulumi, connections, kind, count)
    steps = {
        "preview": engine.run("preview", []),
        "update": engine.run("up", ["--yes", "--skip-preview"]),
        "preview_unchanged": engine.run("preview", []),
    }
    _checked(engine.destroy())
    return {name: _checked(outcome).seconds for name, outcome in steps.items()}


def _engine(pulumi: Path, connections: Connections, kind: str, count: int) -> Engine:
    workspace = Workspace(checkout=_PROGRAM, root=connections.root / f"bench-{kind}-{count}")
    workspace.prepare()
    install.install(workspace.home)
    environment = workspace.environment(connections, sys.executable, pulumi.parent)
    environment |= {"BENCH_KIND": kind, "BENCH_COUNT": str(count)}
    engine = Engine(binary=pulumi, workspace=workspace, environment=environment, emit=ignore)
    engine.initialise()
    return engine


def _local(pulumi: Path, connections: Connections) -> list[Figure]:
    """The local stack's first preview against a floor of its own size; and as `gw up` runs it, policies included."""
    place = stacks.Place(_CHECKOUT, connections.root)
    engine = stacks.engine(place, stacks.Running(pulumi, connections), ignore)
    plain = _checked(engine.run("preview", []))
    judged = _checked(engine.preview(_CHECKOUT / "policies"))
    count = sum(plain.changes.values())
    floor = _checked(_engine(pulumi, connections, "noop", count).run("preview", [])).seconds
    limit = _FLOOR_FACTOR * floor + _FLOOR_SECONDS
    peer = f"no-op plugin x {count}"
    return [
        Figure.of("engine.preview_local", plain.seconds, "s", limit=limit, peer=peer, peer_value=floor),
        Figure.of("engine.preview_local_judged", judged.seconds, "s", peer=peer, peer_value=floor),
    ]


def _checked(outcome: Outcome) -> Outcome:
    if outcome.exit_code != 0:
        raise RuntimeError(outcome.why())
    return outcome
