"""What a gate's report means for a run, and how several reports become one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from delivery.gate import forbids, joined, stop
from policies.finding import NOT_JUDGED, Engine, Finding
from policies.gate.judgement import Report, Unjudged
from policies.gate.outcome import Ran, Subject
from policies.rule import Enforcement
from toolchain.errors import ExitCode, Problem

FORBIDDEN = Finding(
    engine=Engine.CHECKOV,
    id="CKV_AWS_27",
    level=Enforcement.MANDATORY,
    urn="urn:pulumi:prod::p::aws:sqs/queue:Queue::plain",
    file="infra/products/queue.py",
    line=7,
    message="a queue in the clear",
    fix="encrypt it",
)
ADVICE = replace(FORBIDDEN, level=Enforcement.ADVISORY)
NOBODY = replace(FORBIDDEN, engine=Engine.GATE, id=NOT_JUDGED)
FAILED = Ran(engine=Engine.CHECKOV, subject=Subject.PREVIEW, problem="it did not start", fix="run it again")
JUDGED = Ran(engine=Engine.CROSSGUARD, subject=Subject.PREVIEW, judged=3, passed=9)


def test_advice_stops_nothing() -> None:
    """What was judged, with advice alone, goes on."""
    stop(Report(findings=(ADVICE,), ran=(JUDGED,)), "nothing was changed")

    with pytest.raises(Problem):
        stop(Report(findings=(FORBIDDEN,), ran=(JUDGED,)), "nothing was changed")


@pytest.mark.parametrize(
    ("report", "code", "told"),
    [
        (Report(findings=(FORBIDDEN,), ran=(FAILED,)), ExitCode.POLICY, "infra/products/queue.py:7: CKV_AWS_27"),
        (Report(ran=(JUDGED, FAILED)), ExitCode.NOT_JUDGED, "it did not start"),
        (Report(findings=(NOBODY,), ran=(JUDGED,)), ExitCode.NOT_JUDGED, "infra/products/queue.py:7"),
    ],
    ids=["forbidden", "an engine failed", "nobody judges it"],
)
def test_what_stops_says_what_where_and_what_to_do(report: Report, code: ExitCode, told: str) -> None:
    """A finding, an engine that failed and a type that nobody judges each stop, with the state of things and a fix."""
    with pytest.raises(Problem, match="nothing was changed") as error:
        stop(report, "nothing was changed")

    assert (code, True, True) == (error.value.exit_code, told in error.value.what, bool(error.value.fix))


def test_many_findings_keep_to_a_screen() -> None:
    """A hundred findings are a dozen rows, the number of the rest, and where all of them are told."""
    rows = [replace(FORBIDDEN, line=line) for line in range(1, 101)]

    text = str(forbids(rows, "nothing was changed"))

    assert "100 mandatory" in text
    assert "and 88 more: gw gate" in text
    assert len(text.splitlines()) < 40


def test_joined_is_all_of_them_each_once() -> None:
    """Findings and engines of every report; what stops comes first, as a form may be cut; types are added up."""
    one = Report(stack="staging", findings=(ADVICE,), ran=(JUDGED,), crossguard_only=(Unjudged("a:b:C", 2),), seconds=1)
    two = Report(stack="prod", findings=(ADVICE, FORBIDDEN), ran=(JUDGED,), crossguard_only=(Unjudged("a:b:C", 3),))

    assert Report(
        stack="staging-prod",
        findings=(FORBIDDEN, ADVICE),
        ran=(JUDGED, JUDGED),
        crossguard_only=(Unjudged("a:b:C", 5),),
        seconds=1,
    ) == joined([one, two])
    assert joined([one, two]).exit_code is ExitCode.POLICY
