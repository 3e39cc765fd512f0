"""What one engine says of one subject."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policies.finding import Engine, Finding


class Subject(StrEnum):
    """What is judged."""

    PREVIEW = "preview"
    FILES = "files"
    CHARTS = "charts"


@dataclass(frozen=True)
class Verdict:
    """What an engine found, and how much it looked at.

    Attributes:
        findings: what is wrong.
        judged: resources, or files.
        passed: checks that passed, each counted for each resource or file.
        failed: checks that did not.
    """

    findings: tuple[Finding, ...] = ()
    judged: int = 0
    passed: int = 0
    failed: int = 0


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How one engine fared with one subject; the counts are `Verdict`'s.

    Attributes:
        engine: which.
        subject: what it was given.
        problem: why it could not judge; empty: it could.
        fix: what to do about that.
        seconds: wall time.
    """

    engine: Engine
    subject: Subject
    judged: int = 0
    passed: int = 0
    failed: int = 0
    problem: str = ""
    fix: str = ""
    seconds: float = 0.0
