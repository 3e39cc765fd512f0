"""The gate's report: what was found, what was judged, what was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies.finding import NOT_JUDGED
from toolchain.errors import ExitCode

if TYPE_CHECKING:
    from policies.finding import Finding
    from policies.gate.outcome import Ran


@dataclass(frozen=True)
class Unjudged:
    """A type of resource that an engine does not know.

    Attributes:
        token: Pulumi type token.
        resources: how many of it the stack has.
    """

    token: str
    resources: int


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a gate has to say.

    Attributes:
        stack: the stack that was judged; empty: files alone.
        findings: every finding once, suppressed ones last, of the others those that stop first; then by place.
        ran: how each engine fared.
        crossguard_only: types that checkov does not know, and a rule judges.
        nobody: types that no engine judges.
        seconds: wall time.
    """

    stack: str = ""
    findings: tuple[Finding, ...] = ()
    ran: tuple[Ran, ...] = ()
    crossguard_only: tuple[Unjudged, ...] = ()
    nobody: tuple[Unjudged, ...] = ()
    seconds: float = 0.0

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """What is forbidden: it stops a run."""
        return tuple(row for row in self.findings if row.stops and row.id != NOT_JUDGED)

    @property
    def unjudged(self) -> tuple[Finding, ...]:
        """What nobody could judge, and nothing excuses: it is no pass."""
        return tuple(row for row in self.findings if row.suppressed is None and row.id == NOT_JUDGED)

    @property
    def advisory(self) -> tuple[Finding, ...]:
        """What is shown, and stops nothing."""
        return tuple(row for row in self.findings if not row.stops and row.suppressed is None and row.id != NOT_JUDGED)

    @property
    def suppressed(self) -> tuple[Finding, ...]:
        """What is excused."""
        return tuple(row for row in self.findings if row.suppressed is not None)

    @property
    def problems(self) -> tuple[Ran, ...]:
        """Engines that could not judge."""
        return tuple(row for row in self.ran if row.problem)

    @property
    def exit_code(self) -> ExitCode:
        """Findings that stop before what could not be judged, before clean."""
        if self.stopping:
            return ExitCode.POLICY
        if self.problems or self.unjudged:
            return ExitCode.NOT_JUDGED
        return ExitCode.OK
