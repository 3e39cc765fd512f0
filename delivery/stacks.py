"""A stack's engine, ready to run: the embedded stack for real, every other one offline, on the same stand-ins."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from delivery.engine import Engine
from delivery.workspace import PROJECT, STACK, Workspace
from infra.settings import check_file
from sandbox.plugins import install
from sandbox.sandbox import Sandbox
from toolchain import files
from toolchain.provide import provide
from toolchain.tools import NEEDED_BY_UP, Tool

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.connections import Connections
    from toolchain.events import Emit


@dataclass(frozen=True)
class Place:
    """Where the program is, and where it is brought up.

    Attributes:
        checkout: the repository.
        root: the sandbox's folder.
    """

    checkout: Path
    root: Path


@dataclass(frozen=True)
class Running:
    """The sandbox, started.

    Attributes:
        pulumi: the engine's executable.
        connections: where its services are.
    """

    pulumi: Path
    connections: Connections


def check(place: Place, stack: str) -> None:
    """See whether a stack file is sound, before anything starts; its secrets are not asked for.

    Raises:
        Problem: all that is wrong in it (exit code 3).
    """
    check_file(place.checkout / f"Pulumi.{stack}.yaml", secrets=False)


def start(place: Place, emit: Emit) -> Running:
    """Find or build the tools, and start the sandbox where it does not run.

    Raises:
        Problem: with the documented exit code of whatever went wrong.
    """
    binaries = provide(NEEDED_BY_UP, emit)
    return Running(binaries[Tool.PULUMI], Sandbox(place.root, binaries).start(emit))


def engine(place: Place, running: Running, emit: Emit, stack: str = STACK) -> Engine:
    """Lay the engine's workspace out, install the stand-ins, and heal what a killed run left.

    Raises:
        Problem: the engine cannot be made ready (exit code 12).
    """
    workspace = Workspace(place.checkout, place.root, stack)
    workspace.prepare()
    install.install(workspace.home)
    environment = workspace.environment(running.connections, sys.executable, running.pulumi.parent)
    made = Engine(binary=running.pulumi, workspace=workspace, environment=environment, emit=emit)
    made.rescue()
    made.initialise()
    for key, value in workspace.overlay(running.connections).items():
        made.keep_secret(key, value)
    made.heal()
    return made


def images(place: Place) -> None:
    """Write the node's table of images, from the image settings of the embedded stack itself."""
    stack = yaml.safe_load((place.checkout / f"Pulumi.{STACK}.yaml").read_bytes())
    table = {reference: f"jobs/{job}" for job, reference in stack["config"][f"{PROJECT}:images"].items()}
    files.write(place.root / "images.json", json.dumps(table, indent=2, sort_keys=True).encode())
