"""Which suppressions are told to be unused: those that every engine that could need them has judged without."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from policies.finding import NOT_JUDGED, Engine
from policies.gate.excusing import UNUSED, Excusing
from policies.gate.outcome import Ran, Subject
from policies.gate.suppressions import Excuses
from tests.policies.gate.samples import EXCUSE, TODAY

FILE = replace(EXCUSE, id="CKV_DOCKER_2", where="jobs/*")


def unused(*ran: Ran, excuse: object = FILE, today: dt.date = TODAY) -> bool:
    """Whether the one suppression, which excused nothing, is told to be unused."""
    rules = Excusing(Excuses((excuse,)), {}, "prod", today)  # type: ignore[arg-type] # a suppression, with a default
    return [UNUSED] == [row.id for row in rules.findings([], ran)]


def ran(engine: Engine, subject: Subject, problem: str = "") -> Ran:
    """How an engine fared."""
    return Ran(engine=engine, subject=subject, problem=problem)


def test_an_excuse_of_files_is_unused_when_every_file_was_judged() -> None:
    """By the engine whose check it names, files and charts both."""
    assert unused(ran(Engine.CHECKOV, Subject.FILES), ran(Engine.CHECKOV, Subject.CHARTS))


def test_an_excuse_of_files_may_be_needed_where_a_chart_failed() -> None:
    """A chart that did not render may hold what it excuses."""
    assert not unused(ran(Engine.CHECKOV, Subject.FILES), ran(Engine.CHECKOV, Subject.CHARTS, problem="no Helm"))


@pytest.mark.parametrize("failed", [Engine.ZIZMOR, Engine.ACTIONLINT])
def test_an_id_of_workflows_may_be_either_engines(failed: Engine) -> None:
    """One of them did not judge: it may have needed it."""
    rows = [ran(one, Subject.FILES, problem="x" * (one is failed)) for one in (Engine.ZIZMOR, Engine.ACTIONLINT)]

    assert not unused(*rows, excuse=replace(FILE, id="artipacked"))


@pytest.mark.parametrize(
    ("finding_id", "engine"),
    [("s3-acl-private", Engine.CROSSGUARD), (NOT_JUDGED, Engine.CROSSGUARD), ("CKV_AWS_18", Engine.CHECKOV)],
)
def test_an_excuse_of_resources_is_for_the_engine_of_its_id(finding_id: str, engine: Engine) -> None:
    """The other engine says nothing of it."""
    other = Engine.CHECKOV if engine is Engine.CROSSGUARD else Engine.CROSSGUARD
    excuse = replace(EXCUSE, id=finding_id)

    assert unused(ran(engine, Subject.PREVIEW), excuse=excuse)
    assert not unused(ran(other, Subject.PREVIEW), ran(engine, Subject.FILES), excuse=excuse)


def test_an_expired_excuse_is_told_once() -> None:
    """As expired, not as unused too."""
    assert not unused(
        ran(Engine.CHECKOV, Subject.FILES), ran(Engine.CHECKOV, Subject.CHARTS), today=EXCUSE.expires + dt.timedelta(1)
    )
