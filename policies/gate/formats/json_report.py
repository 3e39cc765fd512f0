"""A report as JSON; docs/gate.md describes each key, and `VERSION` rises when one changes its meaning."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from policies.gate.fingerprint import fingerprints

if TYPE_CHECKING:
    from policies.finding import Finding
    from policies.gate.judgement import Report
    from policies.suppression import Suppression

VERSION: Final = 1


def render(report: Report) -> str:
    """The whole report, findings in its order, indented, with a line's end."""
    document = {
        "version": VERSION,
        "exitCode": report.exit_code.value,
        "stack": report.stack,
        "seconds": round(report.seconds, 3),
        "counts": {
            "stopping": len(report.stopping),
            "advisory": len(report.advisory),
            "suppressed": len(report.suppressed),
            "notJudged": len(report.unjudged),
        },
        "engines": [{**asdict(row), "seconds": round(row.seconds, 3)} for row in report.ran],
        "types": {
            "crossguardOnly": [asdict(row) for row in report.crossguard_only],
            "nobody": [asdict(row) for row in report.nobody],
        },
        "findings": [
            _finding(row, mark) for row, mark in zip(report.findings, fingerprints(report.findings), strict=True)
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _finding(row: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "engine": row.engine.value,
        "id": row.id,
        "level": row.level.value,
        "severity": row.severity.value,
        "urn": row.urn,
        "file": row.file,
        "line": row.line,
        "where": row.where,
        "message": row.message,
        "fix": row.fix,
        "link": row.link,
        "fingerprint": fingerprint,
        "suppressed": _suppression(row.suppressed) if row.suppressed else None,
    }


def _suppression(row: Suppression) -> dict[str, Any]:
    return {**asdict(row), "expires": row.expires.isoformat(), "stacks": list(row.stacks)}
