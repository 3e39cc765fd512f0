"""A program that answers with JSON, asked once."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, TypeVar

from toolchain import programs
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_LIMIT_SECONDS = 300.0

T = TypeVar("T")


def answer(name: str, arguments: Sequence[str], folder: Path, codes: Sequence[int], read: Callable[[Any], T]) -> T:
    """What a program prints on its standard output as JSON, read.

    Args:
        name: the program, as a user knows it.
        arguments: the command, by absolute path.
        folder: its working directory.
        codes: exit codes with which it has judged.
        read: makes of that JSON what is wanted.

    Raises:
        Problem: it cannot be started, does not end, fails, or prints something else (exit code 13).
    """
    try:
        done = programs.ask(arguments, folder=folder, limit=_LIMIT_SECONDS)
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed(name, str(error)) from error
    if done.returncode not in codes:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise _failed(name, f"exit code {done.returncode}: {' '.join(lines[-2:])[-300:]}")
    try:
        return read(json.loads(done.stdout))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _failed(name, f"its answer has a form that is not known: {type(error).__name__}") from error


def _failed(name: str, why: str) -> Problem:
    return Problem(
        f"{name} could not judge: {why}",
        fix=f"run {name} by itself to see more",
        exit_code=ExitCode.NOT_JUDGED,
    )
