"""The one type for what a gate found, whichever engine found it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from policies.rule import Enforcement, Severity

if TYPE_CHECKING:
    from policies.suppression import Suppression


class Engine(StrEnum):
    """Who found it."""

    CROSSGUARD = "crossguard"
    CHECKOV = "checkov"
    ACTIONLINT = "actionlint"
    ZIZMOR = "zizmor"
    GATE = "gate"


#: Id of the gate's own finding that no engine can judge a type of resource: neither a pass nor a fault of the program.
NOT_JUDGED = "not-judged"


@dataclass(frozen=True, order=True, kw_only=True)
class Finding:
    """One demand that one resource, or one file, breaks.

    Attributes:
        engine: who found it.
        id: the rule's or check's id, as in ``pod-image-pinned`` or ``CKV_AWS_18``.
        level: what it does: a mandatory one stops the run, an advisory one is shown.
        severity: how much harm it can do.
        urn: the resource; empty when a file or the whole stack is meant.
        file: file relative to the repository, as in ``infra/products/amoisekai.py``; empty: not known.
        line: line in that file, from 1; 0: not known.
        where: path of the property, as in ``spec.template.spec.containers[0].image``; empty: not told.
        message: what is wrong, one line, without any value that could be a secret.
        fix: what to do; empty: the link says it.
        link: documentation of the rule; empty: there is none.
        suppressed: what excuses it; None: nothing does.
    """

    engine: Engine
    id: str
    level: Enforcement
    severity: Severity = Severity.MEDIUM
    urn: str = ""
    file: str = ""
    line: int = 0
    where: str = ""
    message: str
    fix: str = ""
    link: str = ""
    suppressed: Suppression | None = None

    @property
    def place(self) -> str:
        """``file:line`` for an editor to jump to, else the resource's URN."""
        if self.file:
            return f"{self.file}:{self.line}" if self.line else self.file
        return self.urn

    @property
    def name(self) -> str:
        """The resource's name in the program, which may hold ``::`` itself; empty: no resource is meant."""
        return self.urn.split("::", 3)[-1]

    @property
    def stops(self) -> bool:
        """Whether it stops a run: it is mandatory, and nothing excuses it."""
        return self.level is Enforcement.MANDATORY and self.suppressed is None
