"""Suppressions over what the engines found, and what the gate itself finds wrong with suppressions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from policies.finding import NOT_JUDGED, Engine, Finding
from policies.gate import suppressions
from policies.gate.outcome import Subject
from policies.pending import PENDING_ID
from policies.rule import Enforcement, Severity
from policies.rules import RULES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from policies.gate.outcome import Ran
    from policies.gate.suppressions import Excuses, Fault
    from policies.preview import Preview
    from policies.suppression import Suppression

EXPIRED: Final = "suppression-expired"
MALFORMED: Final = "suppression-malformed"
UNUSED: Final = "suppression-unused"

_RULES = frozenset({rule.id for rule in RULES} | {PENDING_ID})


def of_preview(preview: Preview, today: dt.date) -> Excuses:
    """What the components of a stack excuse."""
    read = suppressions.Excuses()
    for row in preview.resources:
        if not row.custom and suppressions.INPUT in row.inputs:
            read += suppressions.of_component(row.inputs, row.urn, row.position, today)
    return read


@dataclass(frozen=True)
class Excusing:
    """All that is needed to tell which findings are excused.

    Attributes:
        excuses: what was read.
        parents: parent of each resource, by URN.
        stack: the stack that is judged; empty: none is.
        today: the day (UTC).
    """

    excuses: Excuses
    parents: Mapping[str, str]
    stack: str
    today: dt.date

    def apply(self, findings: Iterable[Finding]) -> list[Finding]:
        """The same findings, each with what excuses it today."""
        return [replace(row, suppressed=self.covering(row.id, row.urn, row.file)) for row in findings]

    def covering(self, finding_id: str, urn: str, file: str) -> Suppression | None:
        """What excuses a finding; None: nothing does."""
        return suppressions.covering(
            self.excuses.suppressions,
            finding_id=finding_id,
            urn=urn,
            parents=self._above(urn),
            file=file,
            stack=self.stack,
            today=self.today,
        )

    def findings(self, used: Iterable[Suppression], ran: Iterable[Ran]) -> Iterator[Finding]:
        """What is wrong with the suppressions themselves: malformed, expired, unused.

        Args:
            used: those that excused something.
            ran: the engines' fates: a suppression for one that did not judge is not told to be unused.
        """
        judged = {(row.engine, row.subject is Subject.PREVIEW) for row in ran if not row.problem}
        failed = {(row.engine, row.subject is Subject.PREVIEW) for row in ran if row.problem}
        yield from map(_malformed, self.excuses.faults)
        live = set(used)
        for row in self.excuses.suppressions:
            if row.expires < self.today:
                yield _wrong(row, EXPIRED, f"the suppression of {row.id} held until {row.expires}: {row.reason}")
            elif row not in live and self._meant(row, judged - failed):
                yield _wrong(row, UNUSED, f"the suppression of {row.id} at {row.where} excuses nothing")

    def _meant(self, row: Suppression, judged: set[tuple[Engine, bool]]) -> bool:
        """Whether every engine that could need it has judged what it speaks of."""
        resource = row.where.startswith("urn:")
        if resource and not suppressions.speaks_of(row, self.stack):
            return False
        return all((engine, resource) in judged for engine in _engines(row.id, resource=resource))

    def _above(self, urn: str) -> list[str]:
        found: list[str] = []
        while (urn := self.parents.get(urn, "")) and urn not in found:
            found.append(urn)
        return found


def _engines(finding_id: str, *, resource: bool) -> tuple[Engine, ...]:
    """Who could find it."""
    if finding_id in _RULES or finding_id == NOT_JUDGED:
        return (Engine.CROSSGUARD,)
    if finding_id.startswith("CKV") or resource:
        return (Engine.CHECKOV,)
    return (Engine.ZIZMOR, Engine.ACTIONLINT)


def _malformed(fault: Fault) -> Finding:
    return Finding(
        engine=Engine.GATE,
        id=MALFORMED,
        level=Enforcement.MANDATORY,
        urn=fault.urn,
        file=fault.file,
        line=fault.line,
        message=f"this suppression excuses nothing: {fault.what}",
        fix="mend it; docs/gate.md shows its form",
    )


def _wrong(row: Suppression, finding_id: str, message: str) -> Finding:
    file, line = suppressions.position(row)
    return Finding(
        engine=Engine.GATE,
        id=finding_id,
        level=Enforcement.MANDATORY,
        severity=Severity.LOW if finding_id == UNUSED else Severity.MEDIUM,
        urn="" if file == suppressions.FILE else row.where,
        file=file,
        line=line,
        message=message,
        fix="remove it" if finding_id == UNUSED else f"mend what it excuses, or ask {row.owner} for a new date",
    )
