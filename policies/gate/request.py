"""What a gate is asked to judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class GateRequest:
    """A preview, the files of a repository, or both.

    Attributes:
        checkout: the repository's folder: its files are judged, its suppressions hold, its lines are shown.
        preview: standard output of ``pulumi preview --json --show-sames``; None: no stack is judged. The stack's name
            is read from it.
        events: the engine's event log of that same preview, under the policy pack; None: the rules are asked here,
            over the preview.
        files: whether the repository's files are judged: workflows, Dockerfiles, manifests, charts, secrets.
        today: the day (UTC) on which suppressions must hold.
    """

    checkout: Path
    preview: Path | None = None
    events: Path | None = None
    files: bool = True
    today: dt.date
