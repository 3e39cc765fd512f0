"""The report on a terminal: short, with the program's lines, and nothing that must not be shown."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from policies.finding import Engine
from policies.gate.formats import junit, sarif, text
from policies.gate.judgement import Report
from policies.gate.outcome import Ran, Subject
from policies.rule import Severity
from tests.policies.gate.samples import BUCKET, EXCUSED, RAN, STOPS, WHOLE, finding

if TYPE_CHECKING:
    from pathlib import Path


def shown(report: Report, checkout: Path) -> list[str]:
    """Lines of a report on a terminal."""
    return [line.plain for line in text.render(report, checkout)]


def test_a_terminal_shows_the_line_of_the_program(tmp_path: Path) -> None:
    """By file, with the source, the fix below, and the sum last."""
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/a.py").write_text("import x\nbucket = Bucket()\n", "utf-8")

    assert [
        "infra/a.py",
        "     2 | bucket = Bucket()",
        "     2 CKV_AWS_18 (high) logs: Ensure the bucket logs access",
        "       fix: add a log bucket",
        "stack prod: 1 stop, 0 not judged, 0 advice, 0 suppressed (0.0 s)",
    ] == shown(Report(stack="prod", findings=(STOPS,)), tmp_path)


def test_a_terminal_counts_what_is_suppressed(tmp_path: Path) -> None:
    """It is not shown."""
    lines = shown(Report(findings=(EXCUSED,)), tmp_path)

    assert ["files: 0 stop, 0 not judged, 0 advice, 1 suppressed (0.0 s)"] == lines


def test_findings_that_are_alike_are_one_row(tmp_path: Path) -> None:
    """Three resources of one line."""
    alike = tuple(finding(urn=f"{BUCKET}{number}", fix="") for number in range(3))

    assert "     2 CKV_AWS_18 (high) 3 resources: Ensure the bucket logs access" in shown(
        Report(findings=alike), tmp_path
    )


def test_a_terminals_report_fits_a_screen(tmp_path: Path) -> None:
    """What is left out is counted."""
    many = tuple(finding(line=number, message=str(number)) for number in range(1, 1000))
    lines = shown(Report(findings=many, ran=RAN), tmp_path)

    assert len(lines) <= 50
    assert [line for line in lines if line.startswith("and 98")]


def test_the_most_harmful_is_shown_first(tmp_path: Path) -> None:
    """By resource where there is no file, each under one head; of what there is no room for, nothing is critical."""
    rows = [
        finding(id=f"x-{number}", urn=f"urn:pulumi:prod::p::a:b:C::{name}", file="", line=0, fix="")
        for number in range(30)
        for name in "ab"
    ]
    worst = replace(rows[-1], id="worst", severity=Severity.CRITICAL)

    lines = shown(Report(findings=(*rows, worst)), tmp_path)

    assert ["urn:pulumi:prod::p::a:b:C::b", "       worst (critical)"] == [lines[0], lines[1][:23]]
    assert 1 == lines.count("urn:pulumi:prod::p::a:b:C::a")


def test_a_name_may_hold_colons(tmp_path: Path) -> None:
    """A resource is named whole, on a terminal, in SARIF and in JUnit."""
    report = Report(findings=(finding(urn="urn:pulumi:prod::p::a:b:C::x::", file="", line=0),))
    (run,) = json.loads(sarif.render(report))["runs"]
    (result,) = run["results"]

    assert "x::" == result["locations"][0]["logicalLocations"][0]["name"]
    cases = ET.fromstring(junit.render(report)).iter("testcase")  # noqa: S314 - our own, written just now
    assert ["x::"] == [case.get("name", "").split()[1] for case in cases]
    assert any(") x::: " in line for line in shown(report, tmp_path))


def test_a_line_that_a_message_says_to_hold_a_secret_is_not_shown(tmp_path: Path) -> None:
    """Checkov's ids do not say what a check is about; its titles do."""
    (tmp_path / "a.py").write_text("KEY = 'x'\n", "utf-8")
    row = finding(id="CKV_AWS_45", message="Ensure no hard-coded secrets exist", file="a.py", line=1)

    assert not any("KEY" in line for line in shown(Report(findings=(row,)), tmp_path))


def test_a_line_that_holds_a_secret_is_not_shown(tmp_path: Path) -> None:
    """A log of CI would keep it, for others to read; neither is it shown with another finding of that line."""
    (tmp_path / "a.py").write_text("password = 'canary'\n", "utf-8")
    rows = tuple(finding(id=name, urn="", file="a.py", line=1) for name in ("CKV_SECRET_6", "CKV_X"))

    assert "canary" not in "\n".join(shown(Report(findings=rows), tmp_path))


@pytest.mark.parametrize("file", ["../secret", "/etc/passwd", "gone.py", "folder", "\0"])
def test_a_file_outside_the_checkout_is_not_read(file: str, tmp_path: Path) -> None:
    """A preview may say what it likes of where a resource is."""
    checkout = tmp_path / "checkout"
    (checkout / "folder").mkdir(parents=True)
    (tmp_path / "secret").write_text("canary\ncanary\n", "utf-8")

    assert [] == [line for line in shown(Report(findings=(finding(file=file),)), checkout) if "|" in line]


def test_what_nobody_judges_is_shown(tmp_path: Path) -> None:
    """Before advice, in words."""
    (row,) = [line for line in shown(WHOLE, tmp_path) if "not-judged" in line]

    assert row.endswith("not-judged (not judged) logs: x:y/z:Z: no engine judges this type")


def test_an_engine_that_could_not_judge_says_what_to_do(tmp_path: Path) -> None:
    """Its reason and the way out stand under each other."""
    failed = Ran(engine=Engine.CHECKOV, subject=Subject.PREVIEW, problem="it did not start", fix="start it")

    assert ["checkov on preview: could not judge: it did not start", "       fix: start it"] == shown(
        Report(ran=(failed,)), tmp_path
    )[:2]
