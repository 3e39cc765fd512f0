"""CrossGuard in the engine and the rules asked over its preview: the same findings, word for word."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from policies.checkov.verdicts import Results
from policies.gate.excusing import UNUSED
from policies.gate.gate import judge
from policies.gate.request import GateRequest

if TYPE_CHECKING:
    from policies.checkov.verdicts import Request
    from policies.gate.judgement import Report
    from tests.e2e.policies.conftest import Engine
    from toolchain.events import Emit

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("policies")]


def not_asked(_request: Request, _emit: Emit) -> Results:
    """A checkov that finds nothing: this is about CrossGuard."""
    return Results()


def judged(engine: Engine, *, events: bool) -> Report:
    """The report on the preview that was just made."""
    request = GateRequest(
        checkout=engine.project,
        preview=engine.project / "digest.json",
        events=engine.project / "events.jsonl" if events else None,
        files=False,
        today=dt.datetime.now(dt.UTC).date(),
    )
    return judge(request, scan=not_asked)


@pytest.mark.parametrize("case", ["public", "late", "excused", "literal", "marked", "good"])
def test_events_and_rules_agree(engine: Engine, case: str) -> None:
    """What is forbidden, pending, excused or in order in the engine is so without it, and as often."""
    engine.stack("agree", case)
    engine.run("preview", "agree")
    asked, alone = judged(engine, events=True), judged(engine, events=False)

    assert asked.findings == alone.findings
    assert ([], asked.exit_code) == (list(asked.problems), alone.exit_code)
    assert [(row.judged, row.passed, row.failed) for row in asked.ran] == [
        (row.judged, row.passed, row.failed) for row in alone.ran
    ]


def test_an_excuse_of_a_component_is_used(engine: Engine) -> None:
    """The finding is suppressed in the engine and in the report alike, and the excuse is not told to be unused."""
    engine.stack("agree", "excused")
    engine.run("preview", "agree")
    report = judged(engine, events=True)

    assert [("s3-acl-private", "web")] == [
        (row.id, row.suppressed and row.suppressed.owner) for row in report.suppressed
    ]
    assert {"s3-acl-private", UNUSED}.isdisjoint(row.id for row in report.stopping)
