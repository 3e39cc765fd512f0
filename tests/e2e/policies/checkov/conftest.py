"""checkov in its own environment, and its command line beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from policies.checkov import environment
from policies.checkov.run import run
from policies.checkov.verdicts import Framework, Request, Results
from tests.e2e.policies.checkov import plans
from tests.e2e.policies.checkov.cluster import MANIFESTS
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

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


@dataclass(frozen=True)
class Warm:
    """What was judged once for all tests.

    Attributes:
        results: what was said of `plans.plan()` and `MANIFESTS`.
        asked: frameworks that were asked for it.
        folder: the verdicts that were kept; no test writes there.
    """

    results: Results
    asked: list[str]
    folder: Path

    def of(self, framework: Framework) -> Results:
        """What one framework said."""
        return Results(
            tuple(row for row in self.results.checks if row.framework is framework),
            tuple(row for row in self.results.skips if row.check.framework is framework),
            tuple(row for row in self.results.unjudged if row.framework is framework),
        )


@pytest.fixture(scope="session")
def judged_once(tmp_path_factory: pytest.TempPathFactory) -> Warm:
    """The plan and the manifests, judged with a cache of their own."""
    root = _root(tmp_path_factory.mktemp("warm") / "cache")
    events: list[Event] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDWORK_CACHE", str(root))
        results = run(Request(plan=plans.plan(), manifests=MANIFESTS), events.append)
    asked = sorted(str(event.fields["framework"]) for event in events if event.name == "checkov.judging")
    return Warm(results, asked, root / "checkov-verdicts")


@pytest.fixture
def warm(judged_once: Warm, cold: Path) -> Warm:
    """The same, with a copy of the verdicts as this test's cache."""
    shutil.copytree(judged_once.folder, cold)
    return replace(judged_once, folder=cold)


@pytest.fixture
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache without any verdict, but with checkov; the folder of the verdicts."""
    root = _root(tmp_path / "cache")
    monkeypatch.setenv("GROUNDWORK_CACHE", str(root))
    return root / "checkov-verdicts"


def _root(folder: Path) -> Path:
    """A cache with checkov alone."""
    home = environment.python(ignore).parents[1]
    (folder / "checkov").mkdir(parents=True)
    (folder / "checkov" / home.name).symlink_to(home)
    return folder
