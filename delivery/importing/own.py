"""The engine on a stack of the user's own: their backend, their key for secrets, the vendors' plugins.

The checkout's stack file is read and never written to. The engine is given a copy, in which tokens stand that the
environment holds and the file does not yet.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from delivery.engine import Engine
from delivery.workspace import Workspace
from toolchain import files
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from delivery.stacks import Place
    from toolchain.events import Emit


@dataclass(frozen=True)
class Own(Workspace):
    """Paths of the engine on a stack of the user's own; its state is where `pulumi login` says."""

    @property
    def folder(self) -> Path:
        """Everything of this stack's engine."""
        return self.root / "pulumi" / "own" / self.stack

    def lay_out(self) -> None:
        """Make the folders, and the copy of the stack file."""
        self.project.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("Pulumi.yaml", self.stack_file.name):
            files.write(self.project / name, (self.checkout / name).read_bytes())

    def variables(self, python: str, tools: Path) -> dict[str, str]:
        """The environment of every engine process: the user's own, and where our program and tools are."""
        return {
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",  # --event-log is a debug flag
            "GROUNDWORK_PYTHON": python,
            "PYTHONPATH": str(self.checkout),
        }


def engine(place: Place, stack: str, tokens: Mapping[str, str], python: str, emit: Emit) -> Engine:
    """The engine on the user's stack, ready to run.

    Args:
        place: the repository and the sandbox's folder, where logs and the copy are.
        stack: the stack's name.
        tokens: values of secret keys for those that the stack file does not hold.
        python: the Python that our providers run with.
        emit: told of what goes on.

    Raises:
        Problem: the engine is neither found nor can be built (exit code 4), or cannot encrypt a token (12).
        OSError: the sandbox's folder cannot be written to.
    """
    binary = provide((Tool.PULUMI,), emit)[Tool.PULUMI]
    workspace = Own(place.checkout, place.root, stack)
    workspace.lay_out()
    made = Engine(binary, workspace, workspace.variables(python, binary.parent), emit)
    for key, value in tokens.items():
        if key not in workspace.settings:
            made.keep_secret(key, value)
    return made
