"""Each form of a report: what is in it, and that what reads it can."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from policies.finding import Engine
from policies.gate.fingerprint import fingerprints
from policies.gate.formats import json_report, junit, sarif, text
from policies.gate.formats.files import Format, render, write
from policies.gate.judgement import Report
from policies.gate.outcome import Ran, Subject
from policies.gate.plain import MOST
from policies.gate.plain import finding as plain_finding
from policies.gate.plain import text as plain_text
from policies.rule import Severity
from tests.policies.gate.samples import ADVICE, BUCKET, EXCUSED, IN_A_FILE, NOBODY, RAN, STOPS, WHOLE, finding
from tests.policies.gate.sarif_schema import SCHEMA, broken

if TYPE_CHECKING:
    from pathlib import Path


def runs(report: Report) -> dict[str, Any]:
    """Runs of the SARIF of a report, by tool, after the whole kept every rule."""
    log = json.loads(sarif.render(report))
    Draft202012Validator(SCHEMA).validate(log)
    assert [] == broken(log)
    return {run["tool"]["driver"]["name"]: run for run in log["runs"]}


def results(report: Report) -> list[dict[str, Any]]:
    """All results of the SARIF of a report."""
    return [result for run in runs(report).values() for result in run["results"]]


def shown(report: Report, checkout: Path) -> list[str]:
    """Lines of a report on a terminal."""
    return [line.plain for line in text.render(report, checkout)]


def test_sarif_keeps_the_standards_rules() -> None:
    """A run for each engine that was asked or found something."""
    assert {"crossguard", "checkov", "actionlint", "zizmor", "gate"} == set(runs(WHOLE))


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """What is no file, as `/dev/stdout`, gets the report; no file takes its place."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(Report(), Format.JSON, pipe)
        told = os.read(reader, 65536).decode()
    finally:
        os.close(reader)

    assert (render(Report(), Format.JSON), True) == (told, pipe.is_fifo())


def test_a_link_is_followed(tmp_path: Path) -> None:
    """A link to a report stays one."""
    (tmp_path / "link").symlink_to(tmp_path / "gate.json")

    write(Report(), Format.JSON, tmp_path / "link")

    assert (True, render(Report(), Format.JSON)) == (
        (tmp_path / "link").is_symlink(),
        (tmp_path / "gate.json").read_text("utf-8"),
    )


def test_an_engine_that_could_not_judge_says_what_to_do(tmp_path: Path) -> None:
    """Its reason and the way out stand under each other."""
    failed = Ran(engine=Engine.CHECKOV, subject=Subject.PREVIEW, problem="it did not start", fix="start it")

    assert ["checkov on preview: could not judge: it did not start", "       fix: start it"] == shown(
        Report(ran=(failed,)), tmp_path
    )[:2]


def test_sarif_of_nothing_keeps_them_too() -> None:
    """A report without engines is a log without runs."""
    assert {} == runs(Report())


def test_a_result_names_rule_level_place_and_resource() -> None:
    """All that a reviewer needs stands with the result."""
    (result,) = results(Report(findings=(STOPS,)))

    assert ("CKV_AWS_18", "error", "Ensure the bucket logs access\nfix: add a log bucket") == (
        result["ruleId"],
        result["level"],
        result["message"]["text"],
    )
    (place,) = result["locations"]
    assert {"uri": "infra/a.py", "uriBaseId": "%SRCROOT%"} == place["physicalLocation"]["artifactLocation"]
    assert 2 == place["physicalLocation"]["region"]["startLine"]
    assert [BUCKET] == [row["fullyQualifiedName"] for row in place["logicalLocations"]]


def test_advice_is_a_warning() -> None:
    """Only what stops is an error."""
    assert ["warning"] == [row["level"] for row in results(Report(findings=(ADVICE,)))]


def test_a_rule_has_its_page() -> None:
    """`helpUri` is the finding's link."""
    (rule,) = runs(Report(findings=(STOPS,)))["checkov"]["tool"]["driver"]["rules"]

    assert (STOPS.link, "8.0") == (rule["helpUri"], rule["properties"]["security-severity"])


def test_a_suppressed_result_says_who_answers_for_it() -> None:
    """The justification has reason, owner, last day and source."""
    (result,) = results(Report(findings=(EXCUSED,)))
    (said,) = result["suppressions"]

    assert "external" == said["kind"]
    assert "logs of the log bucket (platform, until 2026-12-31; policies/suppressions.yaml:3)" == said["justification"]


def test_an_engine_that_could_not_judge_was_not_successful() -> None:
    """Its run says why."""
    (invocation,) = runs(WHOLE)["actionlint"]["invocations"]

    assert invocation["executionSuccessful"] is False
    assert ["it cannot be built"] == [row["message"]["text"] for row in invocation["toolExecutionNotifications"]]


def test_a_finding_without_a_place_has_one() -> None:
    """GitHub shows no result without a file: the project's stands for it."""
    (result,) = results(Report(findings=(finding(file="", line=0),)))

    assert "Pulumi.yaml" == result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


@pytest.mark.parametrize("file", ["a b.py", "ä/ü.py", "x:y.py", "/etc/x", "a#b?.py", "%41.py"])
def test_a_file_of_any_name_is_a_relative_uri(file: str) -> None:
    """What a URI may not hold is escaped."""
    assert 1 == len(results(Report(findings=(finding(file=file),))))


def test_no_more_results_than_are_shown() -> None:
    """The rest is counted."""
    report = Report(findings=tuple(finding(where=str(number)) for number in range(sarif.MOST_RESULTS + 3)))
    run = runs(report)["checkov"]

    assert sarif.MOST_RESULTS == len(run["results"])
    assert ["3 more results are left out"] == [
        row["message"]["text"] for row in run["invocations"][0]["toolExecutionNotifications"]
    ]


def test_a_fingerprint_survives_a_move() -> None:
    """Another line, another message: the same finding."""
    assert fingerprints([STOPS]) == fingerprints([replace(STOPS, line=90, message="worded anew")])


@pytest.mark.parametrize(
    "other",
    [
        finding(id="CKV_AWS_19"),
        finding(engine=Engine.CROSSGUARD),
        finding(urn=f"{BUCKET}s"),
        finding(where="acl"),
        finding(urn="", file="infra/b.py"),
    ],
)
def test_another_finding_has_another_fingerprint(other: object) -> None:
    """Engine, id, resource or file, and property tell findings apart."""
    assert fingerprints([STOPS]) != fingerprints([other])  # type: ignore[list-item] # parametrized


def test_equal_findings_are_told_apart_by_order() -> None:
    """Two of one job have two fingerprints, the same ones in each run."""
    twice = [IN_A_FILE, replace(IN_A_FILE, line=9)]

    assert 2 == len(set(fingerprints(twice)))
    assert fingerprints(twice) == fingerprints(twice)


def test_json_has_every_finding_and_the_code() -> None:
    """The first keys of the document, and a finding with all of its own."""
    loaded = json.loads(json_report.render(WHOLE))

    assert (1, 5, "prod") == (loaded["version"], loaded["exitCode"], loaded["stack"])
    assert {"stopping": 2, "advisory": 1, "suppressed": 1, "notJudged": 1} == loaded["counts"]
    assert {
        "engine": "checkov",
        "id": "CKV_AWS_19",
        "level": "mandatory",
        "severity": "high",
        "urn": BUCKET,
        "file": "infra/a.py",
        "line": 2,
        "where": "logging",
        "message": "Ensure the bucket logs access",
        "fix": "add a log bucket",
        "link": "https://example.org/CKV_AWS_18",
        "fingerprint": fingerprints([EXCUSED])[0],
        "suppressed": {
            "id": "CKV_AWS_18",
            "where": BUCKET,
            "reason": "logs of the log bucket",
            "owner": "platform",
            "expires": "2026-12-31",
            "stacks": [],
            "source": "policies/suppressions.yaml:3",
        },
    } == loaded["findings"][4]


def test_json_has_engines_and_types() -> None:
    """How each engine fared, and what was judged by which."""
    loaded = json.loads(json_report.render(WHOLE))

    assert {
        "engine": "crossguard",
        "subject": "preview",
        "judged": 4,
        "passed": 7,
        "failed": 1,
        "problem": "",
        "fix": "",
        "seconds": 0.1,
    } == loaded["engines"][0]
    assert {
        "crossguardOnly": [{"token": "random:index/id:Id", "resources": 2}],
        "nobody": [{"token": "x:y/z:Z", "resources": 1}],
    } == loaded["types"]


def test_junit_counts_what_stops_what_failed_and_what_is_excused() -> None:
    """A suite for each engine; the sums stand at the root."""
    root = ET.fromstring(junit.render(WHOLE))  # noqa: S314 - our own text

    assert ["crossguard", "checkov", "actionlint", "zizmor", "gate"] == [suite.get("name") for suite in root]
    assert ("8", "2", "2", "1") == tuple(root.get(key) for key in ("tests", "failures", "errors", "skipped"))


def test_a_failure_says_where_and_what_to_do() -> None:
    """Message, place, resource, property, fix, link."""
    root = ET.fromstring(junit.render(Report(findings=(STOPS,))))  # noqa: S314 - our own text
    (case,) = root.iter("testcase")
    (failure,) = case

    assert ("infra/a.py", "2", STOPS.message) == (case.get("file"), case.get("line"), failure.get("message"))
    assert [
        "at: infra/a.py:2",
        f"resource: {BUCKET}",
        "property: logging",
        "fix: add a log bucket",
        f"link: {STOPS.link}",
    ] == str(failure.text).splitlines()


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
    (result,) = results(report)

    assert "x::" == result["locations"][0]["logicalLocations"][0]["name"]
    assert ["x::"] == [case.get("name", "").split()[1] for case in ET.fromstring(junit.render(report)).iter("testcase")]  # noqa: S314 - our own
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


@pytest.mark.parametrize("form", Format)
def test_a_file_holds_the_whole_report(form: Format, tmp_path: Path) -> None:
    """Written as it is rendered, for its user alone."""
    write(WHOLE, form, tmp_path / "report")

    assert render(WHOLE, form) == (tmp_path / "report").read_text("utf-8")
    assert 0o600 == (tmp_path / "report").stat().st_mode & 0o777


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("plain ä 漢 🙂", "plain ä 漢 🙂"),
        ("a\nb\tc", "a b c"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\ud800", "\\ud800"),
        ("\u202e", "\\u202e"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_text_from_anywhere_is_one_line_that_can_be_shown(given: str, expected: str) -> None:
    """No escape reaches a terminal, no half of a pair a file, no turned direction a reader."""
    assert expected == plain_text(given)


def test_text_that_is_too_long_is_cut() -> None:
    """And says so."""
    assert "x" * (MOST - 1) + "…" == plain_text("x" * (MOST + 1))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "https://a b", "http://x", "https://ä"])
def test_a_link_is_a_page_or_nothing(link: str) -> None:
    """Only HTTPS, only what a URI may hold."""
    assert "" == plain_finding(finding(link=link)).link


@pytest.mark.parametrize("line", [-1, 2**31, 10**30])
def test_a_line_that_cannot_be_is_none(line: int) -> None:
    """Readers of reports keep lines in 32 bits."""
    assert 0 == plain_finding(finding(line=line)).line


def test_the_code_of_what_is_not_judged_is_its_own() -> None:
    """Neither clean nor findings."""
    assert (0, 5, 13, 13, 0, 0) == tuple(
        report.exit_code
        for report in (
            Report(),
            Report(findings=(STOPS, NOBODY)),
            Report(findings=(NOBODY,)),
            Report(ran=RAN),
            Report(findings=(ADVICE,)),
            Report(findings=(EXCUSED,)),
        )
    )
