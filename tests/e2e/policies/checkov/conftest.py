"""checkov in its own environment, and its command line beside it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from policies.checkov import environment
from toolchain.events import ignore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policies.checkov.verdicts import Results

LIMIT_SECONDS = 120

#: Id of a check, what it judged, and whether that passed.
Verdict = tuple[str, str, str]


@dataclass(frozen=True)
class CommandLine:
    """checkov as a user runs it."""

    python: Path

    def judge(self, framework: str, files: Sequence[Path]) -> set[Verdict]:
        """Every verdict of one framework over files; the subject is the address, the object's id, or file and line."""
        named = [part for file in files for part in ("--file", str(file))]
        command = [str(self.python), "-m", "checkov.main", "--skip-download", "--framework", framework]
        done = subprocess.run(
            [*command, "--output", "json", *named],
            cwd=files[0].parent,
            env={"PATH": "/usr/bin:/bin", "HOME": str(files[0].parent)},
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT_SECONDS,
        )
        assert done.returncode in {0, 1}, done.stderr
        told = json.loads(done.stdout)
        return {
            (row["check_id"], _subject(framework, row), verdict)
            for report in (told if isinstance(told, list) else [told])
            for verdict in ("passed", "failed", "skipped")
            for row in report.get("results", {}).get(f"{verdict}_checks", ())
        }


def _subject(framework: str, row: Mapping[str, object]) -> str:
    if framework == "terraform_plan":
        return str(row["resource_address"] or row["resource"])
    if framework == "kubernetes":
        return str(row["resource"])
    lines = row["file_line_range"]
    assert isinstance(lines, list)
    return f"{row['file_abs_path']}:{lines[0]}"


def verdicts(results: Results) -> set[Verdict]:
    """What the scanner said of checkov's own checks, without files and lines."""
    found = {(row.id, row.subject, "passed" if row.passed else "failed") for row in results.checks}
    found |= {(row.check.id, row.check.subject, "skipped") for row in results.skips}
    return {row for row in found if row[0].startswith("CKV")}


def verdicts_by_line(results: Results, folder: Path) -> set[Verdict]:
    """The same with file and line as the subject."""
    rows = [(row, "passed" if row.passed else "failed") for row in results.checks]
    rows += [(row.check, "skipped") for row in results.skips]
    return {(row.id, f"{folder / row.file}:{row.line}", verdict) for row, verdict in rows}


@pytest.fixture(scope="session")
def command_line() -> CommandLine:
    """The command line, of the environment that the scanner has."""
    return CommandLine(environment.python(ignore))


@pytest.fixture
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache without any verdict, but with checkov; the folder of the verdicts."""
    home = environment.python(ignore).parents[1]
    root = tmp_path / "cache"
    (root / "checkov").mkdir(parents=True)
    (root / "checkov" / home.name).symlink_to(home)
    monkeypatch.setenv("GROUNDWORK_CACHE", str(root))
    return root / "checkov-verdicts"
