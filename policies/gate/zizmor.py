"""zizmor's findings on workflows, actions, Dependabot's file and hooks; without network."""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from policies.finding import Engine, Finding
from policies.gate.asked import answer
from policies.gate.outcome import Verdict
from policies.rule import Enforcement, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_INPUTS: Final = (
    ".github/workflows/*.yml",
    ".github/workflows/*.yaml",
    "action.yml",
    "action.yaml",
    "*/action.yml",
    "*/action.yaml",
    ".github/dependabot.yml",
    ".github/dependabot.yaml",
    ".pre-commit-config.yaml",
    ".pre-commit-hooks.yaml",
)
#: Its words for harm; it has none for what is critical. What it does not know itself counts as medium.
_SEVERITIES: Final = {"Informational": Severity.LOW, "Low": Severity.LOW, "High": Severity.HIGH}
#: What every persona sees is a fault; what only a strict reading sees may be meant.
_FAULT: Final = "Regular"


def judge(checkout: Path, files: Iterable[str]) -> Verdict:
    """What zizmor says of those files that it knows.

    Its comments that ignore a finding are not honoured: an excuse has an owner and ends.

    Raises:
        Problem: it cannot be started or fails, as on a file that is no YAML (exit code 13).
    """
    inputs = [file for file in files if any(fnmatchcase(file, pattern) for pattern in _INPUTS)]
    if not inputs:
        return Verdict()
    program = str(Path(sys.executable).with_name("zizmor"))
    options = ["--offline", "--persona=auditor", "--no-ignores", "--strict-collection", "--no-exit-codes"]
    command = [program, *options, "--no-progress", "--quiet", "--format=json-v1", "--", *inputs]
    found = answer("zizmor", command, checkout, codes=(0,), read=_findings)
    failed = len({(row.id, row.file) for row in found})
    return Verdict(found, judged=len(inputs), failed=failed)


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(map(_finding, rows))


def _finding(row: Mapping[str, Any]) -> Finding:
    places = row["locations"]
    place = next((one for one in places if one["symbolic"]["kind"] == "Primary"), places[0])
    said = row["determinations"]
    return Finding(
        engine=Engine.ZIZMOR,
        id=row["ident"],
        level=Enforcement.MANDATORY if said["persona"] == _FAULT else Enforcement.ADVISORY,
        severity=_SEVERITIES.get(said["severity"], Severity.MEDIUM),
        file=place["symbolic"]["key"]["Local"]["verbatim_path"],
        line=place["concrete"]["location"]["start_point"]["row"] + 1,
        where=_path(place["symbolic"]["route"]["route"]),
        message=f"{row['desc']}: {place['symbolic']['annotation']}",
        fix="; ".join(fix["title"] for fix in row["fixes"]),
        link=row["url"],
    )


def _path(route: Iterable[Mapping[str, Any]]) -> str:
    """A route of keys and places, as ``jobs.test.steps[0]``."""
    parts = [f"[{part['Index']}]" if "Index" in part else f".{part.get('Key', '')}" for part in route]
    return "".join(parts).removeprefix(".")
