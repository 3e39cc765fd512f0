"""The one type for what a gate found, whichever gate it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policies.rule import Enforcement


@dataclass(frozen=True, order=True)
class Finding:
    """One demand that one resource breaks.

    Attributes:
        id: the rule's id, as in ``pod-image-pinned``.
        severity: what it does: a mandatory one stops the run, an advisory one is shown.
        urn: the resource; empty when the whole stack is meant.
        file: the program's file, relative to the project, as in ``infra/products/amoisekai.py``; empty: not known.
        line: line of the resource in that file, from 1; 0: not known.
        message: what is wrong, and with which property.
        fix: what to do.
    """

    id: str
    severity: Enforcement
    urn: str
    file: str
    line: int
    message: str
    fix: str

    @property
    def place(self) -> str:
        """``file:line`` for an editor to jump to, else the resource's URN."""
        return f"{self.file}:{self.line}" if self.file else self.urn
