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
from policies.gate.formats import json_report, junit, sarif
from policies.gate.formats.files import Format, render, write
from policies.gate.judgement import Report
from policies.gate.plain import MOST
from policies.gate.plain import finding as plain_finding
from policies.gate.plain import text as plain_text
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
