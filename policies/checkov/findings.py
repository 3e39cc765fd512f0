"""What checkov found, as findings at the line of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.finding import NOT_JUDGED, Engine, Finding
from policies.rule import Enforcement, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policies.checkov.verdicts import Check, Results
    from policies.preview import Preview, Resource

_SKIP_FIX = "take the skip out of the file; excuse it in policies/suppressions.yaml, with an owner and a last day"


def findings(
    results: Results, preview: Preview | None = None, addresses: Mapping[str, str] | None = None
) -> list[Finding]:
    """Every check that failed, was told not to ask, or did not judge; each stops the run.

    Args:
        results: what checkov said.
        preview: the stack that was judged; it has the lines.
        addresses: Terraform address -> URN, as the bridge made them.
    """
    resources = {resource.urn: resource for resource in preview.resources} if preview else {}
    places = _Places(resources, addresses or {})
    found = [places.finding(check, check.title) for check in results.checks if not check.passed]
    found += [
        places.finding(skip.check, f"told not to be judged: {skip.check.title}", _SKIP_FIX) for skip in results.skips
    ]
    found += [
        places.not_judged(f"{row.framework}: {row.why}" + (f" ({row.id})" if row.id else ""), row.subject)
        for row in results.unjudged
    ]
    return sorted(found)


class _Places:
    """Where a subject of checkov is in the program."""

    def __init__(self, resources: Mapping[str, Resource], addresses: Mapping[str, str]) -> None:
        self._resources = resources
        self._addresses = addresses

    def finding(self, check: Check, message: str, fix: str = "") -> Finding:
        # checkov grades its checks only for its platform's customers: none is known to do less harm than another.
        urn, file, line, where = self._place(check.subject)
        return Finding(
            engine=Engine.CHECKOV,
            id=check.id,
            level=Enforcement.MANDATORY,
            severity=Severity.MEDIUM,
            urn=urn,
            file=check.file or file,
            line=check.line if check.file else line,
            where=where,
            message=message,
            fix=fix,
            link=check.link,
        )

    def not_judged(self, message: str, subject: str) -> Finding:
        urn, file, line, where = self._place(subject)
        return Finding(
            engine=Engine.CHECKOV,
            id=NOT_JUDGED,
            level=Enforcement.MANDATORY,
            severity=Severity.MEDIUM,
            urn=urn,
            file=file,
            line=line,
            where=where,
            message=message,
            fix="report it with the check's id: what is not judged is not passed",
        )

    def _place(self, subject: str) -> tuple[str, str, int, str]:
        """URN, file, line, and the subject itself where it is no resource of the stack."""
        urn = self._addresses.get(subject, subject)
        resource = self._resources.get(urn)
        if resource is None:
            return (urn, "", 0, "") if urn.startswith("urn:pulumi:") else ("", "", 0, subject)
        position = resource.position
        return urn, position.file if position else "", position.line if position else 0, ""
