"""Which Python runs a program or a plugin."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = "GROUNDWORK_PYTHON"


class NoInterpreterError(Exception):
    """The environment that the project names is not there; the message is for its user."""


@dataclass(frozen=True)
class Interpreter:
    """A Python, and the folder of its environment where it has one."""

    executable: Path
    environment_folder: Path | None

    def variables(self) -> dict[str, str]:
        """This process's environment, as activating the Python's own would change it."""
        result = dict(os.environ)
        result.pop("PYTHONHOME", None)
        result.pop("PYTHONSAFEPATH", None)
        if self.environment_folder is not None:
            result["VIRTUAL_ENV"] = str(self.environment_folder)
            scripts = str(self.executable.parent)
            result["PATH"] = os.pathsep.join((scripts, result["PATH"])) if result.get("PATH") else scripts
        return result


def choose(root: Path, options: Mapping[str, object]) -> Interpreter:
    """The Python of a project.

    Args:
        root: the folder of ``Pulumi.yaml``, ``PulumiPlugin.yaml`` or ``PulumiPolicy.yaml``.
        options: its ``runtime.options``: ``virtualenv`` (relative to ``root``), else ``toolchain: uv`` (``.venv``
            beside the nearest ``uv.lock``), else ``$GROUNDWORK_PYTHON``, else the Python that runs this host.

    Raises:
        NoInterpreterError: the environment named has no Python.
    """
    named = options.get("virtualenv")
    folder = None
    if isinstance(named, str) and named:
        folder = root / named
    elif options.get("toolchain") == "uv":
        folder = _locked_project(root) / ".venv"
    if folder is not None:
        executable = folder / "bin" / "python"
        if not os.access(executable, os.X_OK):
            raise NoInterpreterError(
                f"the project's Python environment {folder} has no bin/python; make it with `uv sync` (or `make up`)"
            )
        return Interpreter(executable, folder)
    return _of_this_process()


def _of_this_process() -> Interpreter:
    executable = Path(os.environ.get(VARIABLE) or sys.executable)
    if not os.access(executable, os.X_OK):
        raise NoInterpreterError(f"{VARIABLE} names {executable}, which cannot be executed")
    folder = executable.parent.parent
    return Interpreter(executable, folder if (folder / "pyvenv.cfg").exists() else None)


def _locked_project(root: Path) -> Path:
    """The folder of the nearest ``uv.lock`` at or above ``root``; ``root`` itself where there is none."""
    return next((folder for folder in (root, *root.parents) if (folder / "uv.lock").exists()), root)
