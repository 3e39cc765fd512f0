"""What checkov says, at the line of the program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policies.checkov.findings import findings
from policies.checkov.verdicts import Check, Framework, Results, Skip, Unjudged
from policies.finding import NOT_JUDGED, Engine, Finding
from policies.preview import Preview, Resource
from policies.rule import Enforcement, Severity
from policies.sources import Position

URN = "urn:pulumi:local::groundwork::aws:s3/bucket:Bucket::kept"
ADDRESS = "aws_s3_bucket.kept"
LINK = "https://example.org/CKV_AWS_18"


def check(framework: Framework = Framework.TERRAFORM_PLAN, *, passed: bool = False, subject: str = ADDRESS) -> Check:
    """A verdict on a bucket of the program."""
    return Check(framework, "CKV_AWS_18", passed, "Log it", subject, file="", line=0, link=LINK)


def preview(position: Position | None) -> Preview:
    """A stack with that bucket."""
    bucket = Resource(
        urn=URN,
        token="aws:s3/bucket:Bucket",  # noqa: S106 - a type's token
        operation="create",
        custom=True,
        inputs={},
        parent="",
        protect=False,
        depends={},
        position=position,
    )
    return Preview(stack="local", project="groundwork", resources=(bucket,), gone=())


def found(results: Results, position: Position | None = Position("infra/a.py", 7)) -> list[Finding]:  # noqa: B008 - frozen
    """Findings on that stack."""
    return findings(results, preview(position), {ADDRESS: URN})


def test_a_failed_check_is_a_finding_at_the_program() -> None:
    """A finding has the check, its demand and link, and the resource with its line; it stops the run."""
    expected = Finding(
        engine=Engine.CHECKOV,
        id="CKV_AWS_18",
        level=Enforcement.MANDATORY,
        severity=Severity.MEDIUM,
        urn=URN,
        file="infra/a.py",
        line=7,
        message="Log it",
        link=LINK,
    )

    assert [expected] == found(Results(checks=(check(),)))


def test_a_passed_check_is_no_finding() -> None:
    """What passes is counted, not told."""
    results = Results(checks=(check(passed=True), check(), check(Framework.KUBERNETES, passed=True)))

    assert 1 == len(found(results))
    assert {Framework.KUBERNETES: (1, 0), Framework.TERRAFORM_PLAN: (1, 1)} == results.judged()


def test_a_manifest_is_named_by_its_urn() -> None:
    """A subject that is a URN already is taken as it is."""
    (row,) = found(Results(checks=(check(Framework.KUBERNETES, subject=URN),)))

    assert (URN, "infra/a.py", 7) == (row.urn, row.file, row.line)


@pytest.mark.parametrize("subject", ["aws.default", ""])
def test_a_subject_that_is_no_resource_is_shown_as_it_is(subject: str) -> None:
    """A provider's configuration, say, has no URN: its name is where it is."""
    (row,) = found(Results(checks=(check(subject=subject),)))

    assert ("", "", 0, subject) == (row.urn, row.file, row.line, row.where)


def test_a_resource_without_a_line_is_a_finding() -> None:
    """Where the line is not known, the URN says which resource it is."""
    (row,) = found(Results(checks=(check(),)), position=None)

    assert URN == row.place


def test_a_file_has_its_own_line() -> None:
    """A finding in a file is at the file's line; what in it is meant is told too."""
    (row,) = findings(Results(checks=(replace(check(Framework.DOCKERFILE, subject="RUN"), file="Dockerfile", line=3),)))

    assert ("Dockerfile:3", "RUN", "") == (row.place, row.where, row.urn)


def test_a_skip_in_a_file_is_a_finding() -> None:
    """A comment that switches a check off has no owner and no end: it stops the run like the check itself."""
    (row,) = found(Results(skips=(Skip(check(), "on purpose"),)))

    assert ("CKV_AWS_18", True, "told not to be judged: Log it") == (row.id, row.stops, row.message)
    assert "policies/suppressions.yaml" in row.fix


def test_what_is_not_judged_is_a_finding() -> None:
    """A check that did not judge stops the run, and is named."""
    why = Unjudged(Framework.TERRAFORM_PLAN, "CKV_AWS_1", ADDRESS, "the check raised KeyError")
    (row,) = found(Results(unjudged=(why,)))

    assert (NOT_JUDGED, True, URN) == (row.id, row.stops, row.urn)
    assert "terraform_plan: the check raised KeyError (CKV_AWS_1)" == row.message
