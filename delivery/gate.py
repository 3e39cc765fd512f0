"""`gw gate`: what may not be, in a stack or in the repository's files, told before anything is changed."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from delivery import stacks, turn
from delivery.engine import stopped
from policies import report as policy_report
from policies.checkov import environment
from policies.gate.gate import in_order, judge
from policies.gate.judgement import Report, Unjudged
from policies.gate.request import GateRequest
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from delivery.engine import Outcome
    from policies.finding import Finding
    from toolchain.events import Emit

#: Findings that a problem's screen names; the report has all of them.
_MOST_ROWS = 12


@dataclass(frozen=True)
class Judged:
    """One report, and what it is about, in words.

    Attributes:
        subject: what was judged, and how it came about.
        report: what the gate said.
    """

    subject: str
    report: Report


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is to be judged.

    Attributes:
        place: the repository and the sandbox.
        stacks: stacks to preview and judge.
        preview: a preview's digest to judge, of any program; None: none.
        events: the engine's event log of that preview; None: the rules are asked over the preview.
        files: whether the repository's files are judged.
    """

    place: stacks.Place
    stacks: Sequence[str] = ()
    preview: Path | None = None
    events: Path | None = None
    files: bool = True


def judged(request: Request, emit: Emit) -> list[Judged]:
    """One report for the preview that was given, one for each stack, one for the files; nothing is updated.

    Raises:
        Problem: with the documented exit code of whatever went wrong.
        OSError: the sandbox's folder cannot be written to, or the disk is full.
    """
    prepare()
    checkout = request.place.checkout
    found = []
    if request.preview:
        given = GateRequest(
            checkout=checkout, preview=request.preview, events=request.events, files=False, today=_today()
        )
        found.append(Judged(f"the preview {request.preview}", judge(given, emit)))
    if request.stacks:
        found += _of_stacks(request.place, request.stacks, emit)
    if request.files:
        found.append(Judged(f"the files of {checkout}", judge(GateRequest(checkout=checkout, today=_today()), emit)))
    return found


def _of_stacks(place: stacks.Place, names: Sequence[str], emit: Emit) -> list[Judged]:
    for name in names:
        stacks.check(place, name)
    with turn.taken(place.root, "gw gate", emit):
        running = stacks.start(place, emit)
        return [_of_stack(place, running, name, emit) for name in names]


def _of_stack(place: stacks.Place, running: stacks.Running, name: str, emit: Emit) -> Judged:
    engine = stacks.engine(place, running, emit, name)
    how = "in the sandbox" if engine.workspace.embedded else "offline: stand-ins, no cloud was asked"
    subject = f"the {name} stack ({how})"
    emit(Event("gate.previewing", f"preview of {subject}", {"stack": name, "offline": not engine.workspace.embedded}))
    return Judged(subject, of_preview(place, engine.preview(place.checkout / "policies"), emit))


def of_preview(place: stacks.Place, preview: Outcome, emit: Emit) -> Report:
    """Judge what the engine just previewed: by the policies that it asked itself, and by every other engine.

    Raises:
        Problem: the preview failed, and not by its policies (exit codes 7, 12); or it cannot be judged (13).
    """
    forbidden = any(row.stops for row in policy_report.findings(preview.event_log))
    if preview.exit_code != 0 and not forbidden:
        raise stopped(f"the engine stopped\n{preview.why()}", str(preview.output))
    request = GateRequest(
        checkout=place.checkout, preview=preview.output, events=preview.event_log, files=False, today=_today()
    )
    return judge(request, emit)


def stop(report: Report, done: str) -> None:
    """Go on only when everything was judged, and nothing stands against it.

    Args:
        report: what the gate said.
        done: what has been changed so far.

    Raises:
        Problem: something is forbidden (exit code 5), or was not judged (13).
    """
    if report.stopping:
        raise forbids(report.stopping, done)
    if report.exit_code is not ExitCode.OK:
        rows = [f"  {row.engine} on {row.subject}: {row.problem}\n      {row.fix}" for row in report.problems]
        rows += [f"  {row.place}: {row.message}\n      {row.fix}" for row in report.unjudged]
        raise Problem(
            f"the gate could not judge everything; {done}\n" + "\n".join(rows[:_MOST_ROWS]),
            where="what it names",
            fix="mend that, then run `make up` again: what was not judged is not passed",
            exit_code=ExitCode.NOT_JUDGED,
        )


def forbids(found: Sequence[Finding], done: str) -> Problem:
    """The problem that mandatory findings are."""
    rows = [f"  {row.place}: {row.id}: {row.message} ({row.where or row.urn})\n      {row.fix}" for row in found]
    more = [f"  and {len(rows) - _MOST_ROWS} more: gw gate --stack local"] if len(rows) > _MOST_ROWS else []
    return Problem(
        f"the gate forbids this ({len(found)} mandatory); {done}\n" + "\n".join(rows[:_MOST_ROWS] + more),
        where="the program, at the lines named; the rules are in policies/rules/, checkov's at its links",
        fix="mend the program, then run `make up` again; docs/gate.md says how to suppress a finding for a time",
        exit_code=ExitCode.POLICY,
    )


def joined(reports: Sequence[Report]) -> Report:
    """All of them as one, for a file that holds a single report."""
    return Report(
        stack="-".join(filter(None, (report.stack for report in reports))),
        findings=in_order(row for report in reports for row in report.findings),
        ran=tuple(row for report in reports for row in report.ran),
        crossguard_only=_added([row for report in reports for row in report.crossguard_only]),
        nobody=_added([row for report in reports for row in report.nobody]),
        seconds=sum(report.seconds for report in reports),
    )


def _added(rows: Sequence[Unjudged]) -> tuple[Unjudged, ...]:
    counted = Counter[str]()
    for row in rows:
        counted[row.token] += row.resources
    return tuple(Unjudged(token, count) for token, count in sorted(counted.items()))


def prepare() -> None:
    """Have checkov's environment set up while other things go on; whoever needs it waits for it, and hears why not."""
    threading.Thread(target=_set_up, name="checkov's environment", daemon=True).start()


def _set_up() -> None:
    with suppress(Problem):  # the gate asks for it again, and tells
        environment.python(ignore)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
