"""What the options of `gw gate` mean, and how its reports are shown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from delivery.gate import Judged
from delivery.gating import TEXT, Asked, show
from infra.settings import STACKS
from policies.finding import Engine, Finding
from policies.gate.formats import text
from policies.gate.formats.files import Format
from policies.gate.judgement import Report
from policies.gate.outcome import Ran, Subject
from policies.rule import Enforcement
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

PREVIEW = Path("preview.json")
FORBIDDEN = Report(
    stack="prod",
    findings=(
        Finding(
            engine=Engine.CHECKOV,
            id="CKV_AWS_27",
            level=Enforcement.MANDATORY,
            urn="urn:pulumi:prod::p::aws:sqs/queue:Queue::plain",
            message="a queue in the clear",
        ),
    ),
    ran=(Ran(engine=Engine.CHECKOV, subject=Subject.PREVIEW, judged=1, failed=1),),
)
CLEAN = Report(stack="local", ran=(Ran(engine=Engine.CROSSGUARD, subject=Subject.PREVIEW, judged=7, passed=9),))
FOUND = [Judged("the local stack", CLEAN), Judged("the prod stack (offline)", FORBIDDEN)]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"stack": "production"}, "no stack 'production'"),
        ({"form": "xml"}, "no format 'xml'"),
        ({"stack": "prod", "preview": PREVIEW}, "two things"),
        ({"events": Path("events.jsonl")}, "--events"),
        ({"output": ["gate.sarif"]}, "'gate.sarif'"),
        ({"output": ["sarif="]}, "'sarif='"),
        ({"output": ["text=gate.txt"]}, "'text=gate.txt'"),
    ],
)
def test_options_that_say_nothing_are_refused(given: Mapping[str, Any], names: str) -> None:
    """A misspelt or contradictory option ends with the code of a wrong command line, and says what is allowed."""
    with pytest.raises(Problem) as error:
        Asked(**given)

    assert (ExitCode.USAGE, True, True) == (
        error.value.exit_code,
        names in error.value.what,
        bool(error.value.allowed),
    )


@pytest.mark.parametrize(
    ("given", "stacks", "files"),
    [
        ({}, STACKS, True),
        ({"stack": "prod"}, ("prod",), False),
        ({"preview": PREVIEW}, (), False),
        ({"stack": "prod", "files": True}, ("prod",), True),
        ({"files": False}, STACKS, False),
        ({"preview": PREVIEW, "files": True}, (), True),
    ],
)
def test_what_is_judged(given: Mapping[str, Any], stacks: tuple[str, ...], files: bool) -> None:  # noqa: FBT001 - a case
    """Everything where nothing is named; else what is named, and the files where they are asked for."""
    asked = Asked(**given)

    assert (stacks, files) == (asked.stacks, asked.whole)


def test_the_text_tells_each_subject_and_ends_with_the_worst(capsys: pytest.CaptureFixture[str]) -> None:
    """Each report stands under what it is about, and one that stops decides how it all ends."""
    code = show(FOUND, Asked(), Path())

    text = capsys.readouterr().out
    assert code is ExitCode.POLICY
    assert text.index("the local stack") < text.index("the prod stack (offline)") < text.index("CKV_AWS_27")


def test_a_report_for_programs_is_the_output_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is one JSON document over all that was judged."""
    show(FOUND, Asked(form="json"), Path())

    told = json.loads(capsys.readouterr().out)
    assert (["CKV_AWS_27"], 5, "local-prod") == (
        [row["id"] for row in told["findings"]],
        told["exitCode"],
        told["stack"],
    )


def test_further_reports_go_to_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each form goes where it is told to, beside the text."""
    files = {form: tmp_path / f"gate.{form}" for form in Format}

    show(FOUND, Asked(output=[f"{form}={path}" for form, path in files.items()]), Path())

    assert [True] * len(Format) == ["CKV_AWS_27" in path.read_text() for path in files.values()]
    assert "CKV_AWS_27" in capsys.readouterr().out


def test_a_terminal_cuts_what_is_wider(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A line of the report is one of the terminal, so that it fits the screen that it was made for."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")

    show(FOUND, Asked(), Path())
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in capsys.readouterr().out.splitlines()]

    (row,) = [line for line in lines if "CKV_AWS_27" in line]
    assert ("…", True) == (row[-1], max(map(len, lines)) <= 30)
    assert len(lines) == sum(1 + len(text.render(one.report, Path())) + 1 for one in FOUND)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that is not there is the command line's mistake, not the sandbox's."""
    with pytest.raises(Problem, match="cannot be written") as error:
        show(FOUND, Asked(output=[f"json={tmp_path}/no/gate.json"]), Path())

    assert error.value.exit_code is ExitCode.USAGE


def test_every_form_is_known() -> None:
    """The default is the one for people, and no program's form has its name."""
    assert TEXT not in {*Format}
    assert Asked().form == TEXT
