"""Where in the program each resource is declared, as the engine's preview tells it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# `project:///infra/program.py#42`. A path that climbs out of the project, or into an environment inside it, is an SDK's
# own code; so are the resource classes of the providers that the project has itself.
_POSITION = re.compile(r"project:///(?P<file>[^#]+)#(?P<line>[0-9]{1,9})(?:,[0-9]+)?")
_NOT_THE_PROGRAM = re.compile(r"\.\./|/|(?:.*/)?(?:site-packages|\.venv|venv|providers/[^/]+/sdk)/")


@dataclass(frozen=True)
class Position:
    """A line of the program: the file relative to the project's folder, the line from 1."""

    file: str
    line: int


def positions(digest: Path) -> dict[str, Position]:
    """The position of each resource, by URN, from the standard output of ``pulumi preview --json --show-sames``.

    A resource without one is left out, and so is everything when the output is no such digest (an engine that failed
    before it had one): a finding without its line is still a finding.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        loaded = json.loads(digest.read_bytes())
    except ValueError:
        return {}
    steps = loaded.get("steps") if isinstance(loaded, dict) else None
    found: dict[str, Position] = {}
    for step in steps or ():
        state = step.get("newState") or step.get("oldState") or {}
        if position := place(state):
            found[step["urn"]] = position
    return found


def place(state: Mapping[str, Any]) -> Position | None:
    """The innermost line of the program that led to the resource; None where none is told in a known form."""
    trace = state.get("stackTrace")
    for frame in (state, *(trace if isinstance(trace, list) else ())):
        told = frame.get("sourcePosition") if isinstance(frame, dict) else None
        match = _POSITION.fullmatch(told) if isinstance(told, str) else None
        if match and not _NOT_THE_PROGRAM.match(match["file"]):
            return Position(file=match["file"], line=int(match["line"]))
    return None
