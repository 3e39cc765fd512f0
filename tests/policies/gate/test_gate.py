"""The gate over previews: what it finds, excuses, could not judge, and the code it ends with."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from policies.checkov.mapping import token_to_type
from policies.checkov.verdicts import Check, Framework, Results
from policies.domain.catalogue import LIST
from policies.finding import NOT_JUDGED, Engine
from policies.gate import fault
from policies.gate.excusing import EXPIRED, MALFORMED, UNUSED
from policies.gate.gate import judge
from policies.gate.judgement import Unjudged
from policies.gate.outcome import Subject
from policies.gate.request import GateRequest
from policies.gate.suppressions import FILE
from tests.policies.gate.samples import TODAY, judged, silent, step, written
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from policies.checkov.verdicts import Request
    from policies.gate.judgement import Report
    from toolchain.events import Emit, Event

DATA = Path(__file__).parents[1] / "data"
UNKNOWN_TYPE = "acme:index/thing:Thing"
#: A type that no table maps and no rule judges; and one that is mapped.
NOBODYS = step(UNKNOWN_TYPE)
PLAIN = step("aws:kms/alias:Alias", inputs={"name": "alias/x"})
OPEN = step("aws:s3/bucketAcl:BucketAcl", "open", inputs={"bucket": "b", "acl": "public-read"})
TEAM = "urn:pulumi:prod::groundwork::groundwork:x:Team::team"


def component(*entries: dict[str, Any]) -> dict[str, Any]:
    """A component that excuses."""
    return step("groundwork:x:Team", "team", custom=False, inputs={"suppressions": list(entries)})


def excuse(finding_id: str, expires: str = "2026-12-31") -> dict[str, Any]:
    """An entry of a component."""
    return {"id": finding_id, "reason": "it is a test", "owner": "me", "expires": expires}


def suppress(folder: Path, finding_id: str, where: str, expires: str = "2026-12-31", stacks: str = "[]") -> None:
    """A suppressions file with one entry."""
    (folder / "policies").mkdir(exist_ok=True)
    text = f"- id: {finding_id}\n  where: '{where}'\n  reason: it is a test\n  owner: me\n"
    (folder / FILE).write_text(f"{text}  expires: {expires}\n  stacks: {stacks}\n", "utf-8")


def own(report: Report) -> list[str]:
    """Ids of what the gate itself found wrong with suppressions."""
    return [row.id for row in report.findings if row.engine is Engine.GATE and row.id != NOT_JUDGED]


def test_what_every_engine_knows_and_none_forbids_is_clean(tmp_path: Path) -> None:
    """A mapped type without a finding passes."""
    assert ExitCode.OK == judged(tmp_path, PLAIN).exit_code


def test_a_mandatory_finding_stops(tmp_path: Path) -> None:
    """A rule that is broken ends with 5, at the line of the program."""
    report = judged(tmp_path, OPEN)

    assert ExitCode.POLICY == report.exit_code
    assert [("s3-acl-private", "infra/a.py:2")] == [(row.id, row.place) for row in report.stopping]


def test_a_type_that_nobody_judges_is_no_pass(tmp_path: Path) -> None:
    """It is listed with how many there are, once for the type, and the gate ends with 13."""
    report = judged(tmp_path, NOBODYS, step(UNKNOWN_TYPE, "b"))

    assert (Unjudged(UNKNOWN_TYPE, 2),) == report.nobody
    assert [NOT_JUDGED] == [row.id for row in report.findings]
    assert ExitCode.NOT_JUDGED == report.exit_code


def test_what_stops_comes_before_what_is_not_judged(tmp_path: Path) -> None:
    """Findings decide the code where there are both."""
    assert ExitCode.POLICY == judged(tmp_path, OPEN, NOBODYS).exit_code


def test_a_type_that_crossguard_alone_judges_is_told(tmp_path: Path) -> None:
    """A rule applies, no table maps it: judged, and listed."""
    taggable = [line for line in LIST.read_text("utf-8").splitlines() if line.startswith("aws:")]
    unmapped = next(name for name in taggable if token_to_type(name) is None)
    report = judged(tmp_path, step(unmapped))

    assert ((Unjudged(unmapped, 1),), ()) == (report.crossguard_only, report.nobody)


def test_an_engine_that_fails_is_no_pass(tmp_path: Path) -> None:
    """A checkov that cannot run leaves a report that says so; the other engines' findings stay."""

    def broken(_request: Request, _emit: Emit) -> Results:
        raise Problem("checkov is not there", where="x", fix="y", exit_code=ExitCode.TOOLCHAIN)

    preview = written(tmp_path, PLAIN)
    report = judge(GateRequest(checkout=tmp_path, preview=preview, files=False, today=TODAY), scan=broken)

    assert [("checkov is not there (x)", "y")] == [(row.problem, row.fix) for row in report.problems]
    assert ExitCode.NOT_JUDGED == report.exit_code


def test_a_fault_of_an_engine_is_no_pass_and_has_a_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody expected is told by type and place, its trace is in a log; its text is in neither."""
    monkeypatch.setenv("GROUNDWORK_CACHE", str(tmp_path / "cache"))
    text = "what the property holds"

    def broken(_request: Request, _emit: Emit) -> Results:
        raise ValueError(text) from KeyError(text)

    preview = written(tmp_path, OPEN)
    report = judge(GateRequest(checkout=tmp_path, preview=preview, files=False, today=TODAY), scan=broken)
    log = tmp_path / "cache" / fault.LOG

    (problem,) = report.problems
    assert ("s3-acl-private", True) == (report.stopping[0].id, str(log) in problem.fix)
    assert "ValueError (test_gate.py:" in problem.problem
    assert ["KeyError", "ValueError"] == [
        line for line in log.read_text("utf-8").splitlines() if line.endswith("Error")
    ]
    assert text not in log.read_text("utf-8") + repr(report)


def test_without_a_place_for_the_log_a_fault_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache that cannot be made takes the trace, not the report."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("GROUNDWORK_CACHE", str(tmp_path / "file" / "cache"))

    assert "report it" == fault.problem(ValueError("x"), "checkov on preview").fix


def test_findings_of_checkov_are_at_the_line_of_the_program(tmp_path: Path) -> None:
    """A check's address leads back to the resource."""

    def scan(request: Request, _emit: Emit) -> Results:
        assert request.plan is not None
        (resource,) = request.plan["planned_values"]["root_module"]["resources"]
        subject = resource["address"]
        return Results(checks=(Check(Framework.TERRAFORM_PLAN, "CKV_X", False, "Do it", subject, "", 0, ""),))  # noqa: FBT003 - its third field

    preview = written(tmp_path, PLAIN)
    report = judge(GateRequest(checkout=tmp_path, preview=preview, files=False, today=TODAY), scan=scan)

    assert [("CKV_X", "infra/a.py:2")] == [(row.id, row.place) for row in report.stopping]
    assert [(1, 0, 1)] == [(row.judged, row.passed, row.failed) for row in report.ran if row.engine is Engine.CHECKOV]


def test_engines_are_in_a_fixed_order(tmp_path: Path) -> None:
    """They run side by side, and are told in one order."""
    assert [(Engine.CROSSGUARD, Subject.PREVIEW), (Engine.CHECKOV, Subject.PREVIEW)] == [
        (row.engine, row.subject) for row in judged(tmp_path, PLAIN).ran
    ]


def test_each_engine_tells_that_it_is_done(tmp_path: Path) -> None:
    """Whoever waits sees progress."""
    events: list[Event] = []
    preview = written(tmp_path, PLAIN)
    judge(GateRequest(checkout=tmp_path, preview=preview, files=False, today=TODAY), events.append, silent)

    assert ["checkov", "crossguard"] == sorted(str(event.fields["engine"]) for event in events)


def test_a_folder_without_git_is_not_judged(tmp_path: Path) -> None:
    """What the files are is not known, hence not that they are clean."""
    with pytest.raises(Problem) as error:
        judge(GateRequest(checkout=tmp_path, today=TODAY), scan=silent)

    assert ExitCode.NOT_JUDGED == error.value.exit_code


def test_the_file_excuses_a_finding(tmp_path: Path) -> None:
    """It is counted as suppressed, and stops nothing."""
    suppress(tmp_path, "s3-acl-private", "urn:pulumi:prod::*::open")
    report = judged(tmp_path, OPEN)

    assert (1, ExitCode.OK) == (len(report.suppressed), report.exit_code)


def test_a_component_excuses_what_hangs_below_it(tmp_path: Path) -> None:
    """Its child's finding is excused, another's is not."""
    child = step("aws:s3/bucketAcl:BucketAcl", "child", parent=TEAM, inputs={"bucket": "b", "acl": "public-read"})
    report = judged(tmp_path, component(excuse("s3-acl-private")), child, OPEN)

    assert ["open"] == [row.urn.rpartition("::")[2] for row in report.stopping]
    assert ["child"] == [row.urn.rpartition("::")[2] for row in report.suppressed]


def test_what_nobody_judges_can_be_excused(tmp_path: Path) -> None:
    """An excused type is suppressed, and still listed as judged by nobody."""
    suppress(tmp_path, NOT_JUDGED, f"urn:pulumi:prod::groundwork::{UNKNOWN_TYPE}::*")
    report = judged(tmp_path, NOBODYS)

    assert (1, 1, ExitCode.OK) == (len(report.suppressed), len(report.nobody), report.exit_code)


def test_an_excuse_of_one_resource_does_not_excuse_its_type(tmp_path: Path) -> None:
    """The other resources of the type are not judged, and told."""
    suppress(tmp_path, NOT_JUDGED, f"urn:pulumi:prod::groundwork::{UNKNOWN_TYPE}::a")
    report = judged(tmp_path, NOBODYS, step(UNKNOWN_TYPE, "b"))

    assert (1, 1, ExitCode.NOT_JUDGED) == (len(report.suppressed), len(report.unjudged), report.exit_code)


def test_an_expired_excuse_excuses_nothing_and_is_a_finding(tmp_path: Path) -> None:
    """Both stop, and the excuse is shown at its line."""
    suppress(tmp_path, "s3-acl-private", "urn:pulumi:prod::*::open", expires="2026-06-30")
    report = judged(tmp_path, OPEN)

    assert [(EXPIRED, f"{FILE}:1"), ("s3-acl-private", "infra/a.py:2")] == sorted(
        (row.id, row.place) for row in report.stopping
    )[::-1]


def test_an_unused_excuse_is_a_finding(tmp_path: Path) -> None:
    """An excuse for what is in order hides what may come."""
    suppress(tmp_path, "s3-acl-private", "urn:pulumi:prod::*")

    assert [UNUSED] == own(judged(tmp_path, PLAIN))


@pytest.mark.parametrize(
    ("finding_id", "where", "stacks"),
    [
        ("s3-acl-private", "urn:pulumi:local::*", "[]"),
        ("s3-acl-private", "urn:pulumi:*", "[local]"),
        ("CKV_DOCKER_2", "jobs/*", "[]"),
        ("artipacked", ".github/*", "[]"),
    ],
)
def test_an_excuse_for_what_was_not_judged_is_not_unused(
    finding_id: str, where: str, stacks: str, tmp_path: Path
) -> None:
    """Another stack's, or one for files while a preview alone is judged."""
    suppress(tmp_path, finding_id, where, stacks=stacks)

    assert [] == own(judged(tmp_path, PLAIN))


def test_an_unused_excuse_of_a_component_is_shown_where_it_is_made(tmp_path: Path) -> None:
    """Its place is the component's line."""
    report = judged(tmp_path, component(excuse("s3-acl-private")), PLAIN)

    assert [(UNUSED, "infra/a.py:2", TEAM)] == [(row.id, row.place, row.urn) for row in report.stopping]


def test_a_malformed_excuse_is_a_finding(tmp_path: Path) -> None:
    """Of the file and of a component alike."""
    suppress(tmp_path, "s3-acl-private", "urn:pulumi:prod::*", expires="soon")

    assert [MALFORMED, MALFORMED] == own(judged(tmp_path, component({"id": "x"}), PLAIN))


def test_the_same_preview_and_events_give_what_the_engine_said(tmp_path: Path) -> None:
    """A recorded run: the findings are those of its event log."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    request = GateRequest(
        checkout=checkout,
        preview=DATA / "digest.json",
        events=DATA / "events.jsonl",
        files=False,
        today=TODAY,
    )
    report = judge(request, scan=silent)

    assert ("s3-acl-private", "infra/probe.py:6") in [(row.id, row.place) for row in report.stopping]


def test_the_repository_has_no_suppression_that_is_malformed(tmp_path: Path) -> None:
    """The file that is there is read whole."""
    (tmp_path / "policies").mkdir()
    shutil.copy(Path(__file__).parents[3] / FILE, tmp_path / FILE)

    assert MALFORMED not in own(judged(tmp_path, PLAIN))
