"""Findings and counts from the records of a real run (`data/`, engine 3.255.0, a program with a public bucket)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policies.finding import Engine, Finding
from policies.report import Counts, counts, findings
from policies.rule import Enforcement, Severity
from policies.rules.storage import s3_acl
from policies.sources import Position, positions

DATA = Path(__file__).parent / "data"
EVENTS = DATA / "events.jsonl"
DIGEST = DATA / "digest.json"
BUCKET = "urn:pulumi:local::groundwork::groundwork:x:C$aws:s3/bucket:Bucket::open"


def test_a_finding_names_rule_resource_line_property_and_fix() -> None:
    """All that a person needs to mend the program is in one finding."""
    expected = Finding(
        engine=Engine.CROSSGUARD,
        id="s3-acl-private",
        level=Enforcement.MANDATORY,
        severity=Severity.CRITICAL,
        urn=BUCKET,
        file="infra/probe.py",
        line=6,
        where="acl",
        message="No S3 bucket or object is public by its access control list: "
        "the canned list 'public-read' opens it to everyone",
        fix="remove the list: a new bucket is private and its access belongs into policies",
        link=s3_acl.RULE.link,
    )

    assert [expected] == [row for row in findings(EVENTS, DIGEST) if row.id == "s3-acl-private"]


def test_mandatory_findings_come_first() -> None:
    """What stops the run is shown before what is advice."""
    levels = [row.level for row in findings(EVENTS, DIGEST)]

    assert levels == sorted(levels, reverse=True)
    assert set(Enforcement) == set(levels)


def test_what_cannot_be_judged_yet_is_advice() -> None:
    """A bucket policy that is unknown at preview is an advisory finding with its own line."""
    found = [row for row in findings(EVENTS, DIGEST) if row.id == "cannot-judge-yet"]

    assert [(Enforcement.ADVISORY, "infra/probe.py:7")] == [(row.level, row.place) for row in found]


def test_without_the_digest_a_finding_names_its_resource() -> None:
    """Where lines are not known, the place of a finding is its URN."""
    assert BUCKET in {row.place for row in findings(EVENTS)}


def test_counts_are_of_policies_resources_and_findings() -> None:
    """Every policy that judged counts once, however many resources it judged."""
    found = findings(EVENTS)
    mandatory = sum(row.level is Enforcement.MANDATORY for row in found)

    assert Counts(policies=17, resources=5, mandatory=mandatory, advisory=1) == counts(EVENTS)


def test_a_repeated_event_is_one_finding(tmp_path: Path) -> None:
    """The engine may judge a resource twice in a run; the finding is one."""
    log = tmp_path / "events.jsonl"
    log.write_text(EVENTS.read_text("utf-8") * 2, "utf-8")

    assert findings(EVENTS) == findings(log)


def test_a_log_cut_off_by_a_kill_is_read_up_to_there(tmp_path: Path) -> None:
    """Half a line at the end loses that line alone."""
    log = tmp_path / "events.jsonl"
    log.write_text(EVENTS.read_text("utf-8") + '{"sequence":99,"policyEv', "utf-8")

    assert findings(EVENTS) == findings(log)


def test_a_missing_log_is_an_error(tmp_path: Path) -> None:
    """No log must not read as no findings."""
    with pytest.raises(FileNotFoundError) as error:
        findings(tmp_path / "events.jsonl")

    assert str(tmp_path / "events.jsonl") == error.value.filename


def test_the_line_is_where_the_resource_is_declared() -> None:
    """The position is the one in the component, not the line that made the component."""
    assert Position(file="infra/probe.py", line=6) == positions(DIGEST)[BUCKET]


def test_the_sdks_own_frames_are_no_position() -> None:
    """The stack's own resource is registered by the SDK: it has no line in the program."""
    assert [] == [urn for urn in positions(DIGEST) if "pulumi:pulumi:Stack" in urn]


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        (["project:///infra/a.py#3"], Position("infra/a.py", 3)),
        (["project:///infra/a.py#3,14"], Position("infra/a.py", 3)),
        (["project:///.venv/lib/x.py#9", "project:///infra/a.py#3"], Position("infra/a.py", 3)),
        (["project:///providers/railway/sdk/service.py#9", "project:///infra/a.py#3"], Position("infra/a.py", 3)),
        (["project:///../lib/x.py#9", "project:///infra/a.py#3"], Position("infra/a.py", 3)),
        (["file:///infra/a.py#3"], None),
        (["project:///infra/a.py"], None),
        ([], None),
    ],
)
def test_the_innermost_line_of_the_program_is_taken(
    frames: list[str], expected: Position | None, tmp_path: Path
) -> None:
    """Frames of the SDK are skipped; what is no position of the project is none."""
    trace = [{"sourcePosition": frame} for frame in frames]
    step = {"urn": "u", "newState": {"sourcePosition": frames[0] if frames else None, "stackTrace": [{}, *trace]}}
    digest = tmp_path / "digest.json"
    digest.write_text(json.dumps({"steps": [step]}), "utf-8")

    assert expected == positions(digest).get("u")


@pytest.mark.parametrize("text", ["", "error: no stack", "[]", "{}"])
def test_output_that_is_no_digest_has_no_positions(text: str, tmp_path: Path) -> None:
    """An engine that failed early leaves no digest; its findings are shown without lines."""
    digest = tmp_path / "digest.json"
    digest.write_text(text, "utf-8")

    assert positions(digest) == {}
