"""actionlint's findings on workflows."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from policies.finding import Engine, Finding
from policies.gate.asked import answer
from policies.gate.outcome import Verdict
from policies.rule import Enforcement, Severity
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from toolchain.events import Emit

_INPUTS: Final = (".github/workflows/*.yml", ".github/workflows/*.yaml")
_LINK: Final = "https://github.com/rhysd/actionlint/blob/main/docs/checks.md"


def judge(checkout: Path, files: Iterable[str], emit: Emit) -> Verdict:
    """What actionlint says of the workflows among the files.

    shellcheck and pyflakes, which it would run where a machine happens to have them, stay out: the verdict is the same
    everywhere.

    Raises:
        Problem: it cannot be built (exit code 4), cannot be started, or fails (exit code 13).
    """
    inputs = [file for file in files if any(fnmatchcase(file, pattern) for pattern in _INPUTS)]
    if not inputs:
        return Verdict()
    program = str(provide([Tool.ACTIONLINT], emit)[Tool.ACTIONLINT])
    command = [program, "-format", "{{json .}}", "-shellcheck=", "-pyflakes=", "-no-color", "--", *inputs]
    found = answer("actionlint", command, checkout, codes=(0, 1), read=_findings)
    failed = len({(row.id, row.file) for row in found})
    return Verdict(found, judged=len(inputs), failed=failed)


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(map(_finding, rows))


def _finding(row: Mapping[str, Any]) -> Finding:
    return Finding(
        engine=Engine.ACTIONLINT,
        id=row["kind"],
        level=Enforcement.MANDATORY,
        severity=Severity.MEDIUM,
        file=row["filepath"],
        line=row["line"],
        message=row["message"],
        link=_LINK,
    )
