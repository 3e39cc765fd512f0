"""The gate: every engine asked at once, one list of findings."""

from __future__ import annotations

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policies import listing
from policies import preview as previews
from policies.checkov.run import run
from policies.finding import NOT_JUDGED, Engine, Finding
from policies.gate import actionlint, checkov, crossguard, excusing, fault, plain, suppressions, zizmor
from policies.gate.judgement import Report, Unjudged
from policies.gate.outcome import Ran, Subject, Verdict
from policies.rule import Enforcement, Severity
from toolchain import programs
from toolchain.errors import ExitCode, Problem
from toolchain.events import Emit, Event, ignore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from policies.gate.checkov import Scan
    from policies.gate.excusing import Excusing
    from policies.gate.request import GateRequest
    from policies.preview import Preview, Resource
    from policies.suppression import Suppression


@dataclass(frozen=True)
class _Task:
    engine: Engine
    subject: Subject
    ask: Callable[[], Verdict]


def judge(request: GateRequest, emit: Emit = ignore, scan: Scan = run) -> Report:
    """Judge a preview, the files of a repository, or both.

    An engine that cannot judge is in the report as such: what it would have found is not known, hence nothing passes.

    Args:
        request: what is judged.
        emit: told of each engine that is done, and of what is built for one.
        scan: what asks checkov.

    Raises:
        Problem: the preview cannot be read, is not whole, or is too deep (exit code 13).
    """
    started = time.monotonic()
    emit = _one_at_a_time(emit)
    preview = previews.read(request.preview) if request.preview else None
    excuses = suppressions.load(request.checkout, request.today)
    tasks: list[_Task] = []
    crossguard_only: list[Resource] = []
    nobody: list[Resource] = []
    if preview:
        excuses += excusing.of_preview(preview, request.today)
        resources = _bridged(preview, request)
        tasks += _on_preview(request, preview, resources, scan, emit)
        crossguard_only, nobody = _unknown(preview, resources)
    if request.files:
        tasks += _on_files(request, scan, emit)
    ran, found = _asked(tasks, emit)
    parents = {row.urn: row.parent for row in preview.resources} if preview else {}
    stack = preview.stack if preview else ""
    rules = excusing.Excusing(excuses, parents, stack, request.today)
    findings = [*rules.apply(found), *_not_judged(nobody, rules)]
    used = [row.suppressed for row in findings if row.suppressed]
    findings += rules.findings(used, ran)
    return Report(
        stack=plain.text(stack),
        findings=in_order(plain.finding(row) for row in findings),
        ran=tuple(ran),
        crossguard_only=_counted(crossguard_only),
        nobody=_counted(nobody),
        seconds=time.monotonic() - started,
    )


def _bridged(preview: Preview, request: GateRequest) -> checkov.Resources:
    try:
        return checkov.Resources.of(preview)
    except RecursionError as error:
        raise _too_deep(request) from error


def _on_preview(
    request: GateRequest, preview: Preview, resources: checkov.Resources, scan: Scan, emit: Emit
) -> Iterator[_Task]:
    digest, events = request.preview, request.events

    def asked() -> Verdict:
        try:
            if digest and events:
                return crossguard.from_events(preview, digest, events)
            return crossguard.from_rules(preview)
        except RecursionError as error:
            raise _too_deep(request) from error

    yield _Task(Engine.CROSSGUARD, Subject.PREVIEW, asked)
    yield _Task(Engine.CHECKOV, Subject.PREVIEW, lambda: resources.judge(scan, emit))


def _on_files(request: GateRequest, scan: Scan, emit: Emit) -> Iterator[_Task]:
    checkout = request.checkout
    files = listing.listed(checkout)
    yield _Task(Engine.CHECKOV, Subject.FILES, lambda: checkov.of_files(checkout, files, scan, emit))
    yield _Task(Engine.CHECKOV, Subject.CHARTS, lambda: checkov.of_charts(checkout, files, scan, emit))
    yield _Task(Engine.ZIZMOR, Subject.FILES, lambda: zizmor.judge(checkout, files))
    yield _Task(Engine.ACTIONLINT, Subject.FILES, lambda: actionlint.judge(checkout, files, emit))


def _asked(tasks: Sequence[_Task], emit: Emit) -> tuple[list[Ran], list[Finding]]:
    """Ask every engine, side by side; the order of what comes back is that of the tasks."""
    if not tasks:
        return [], []
    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        try:
            answers = list(pool.map(lambda task: _ask(task, emit), tasks))
        except BaseException:  # a Ctrl-C: nobody waits for the engines any more
            programs.end()
            raise
    return [ran for ran, _ in answers], list(dict.fromkeys(row for _, found in answers for row in found))


def _ask(task: _Task, emit: Emit) -> tuple[Ran, tuple[Finding, ...]]:
    started = time.monotonic()
    name = f"{task.engine} on {task.subject}"
    try:
        said = task.ask()
    except Problem as problem:
        return _failed(task, problem, time.monotonic() - started, emit)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other engines' findings are still told
        return _failed(task, fault.problem(error, name), time.monotonic() - started, emit)
    seconds = time.monotonic() - started
    emit(Event("gate.engine.finished", f"{name}: {seconds:.1f} s", _fields(task, seconds)))
    return (
        Ran(
            engine=task.engine,
            subject=task.subject,
            judged=said.judged,
            passed=said.passed,
            failed=said.failed,
            seconds=seconds,
        ),
        said.findings,
    )


def _failed(task: _Task, problem: Problem, seconds: float, emit: Emit) -> tuple[Ran, tuple[Finding, ...]]:
    what = plain.text(f"{problem.what} ({problem.where})" if problem.where else problem.what)
    emit(Event("gate.engine.failed", f"{task.engine} on {task.subject}: {what}", _fields(task, seconds)))
    return Ran(engine=task.engine, subject=task.subject, problem=what, fix=plain.text(problem.fix), seconds=seconds), ()


def _fields(task: _Task, seconds: float) -> dict[str, str | float]:
    return {"engine": task.engine, "subject": task.subject, "seconds": round(seconds, 3)}


def _unknown(preview: Preview, resources: checkov.Resources) -> tuple[list[Resource], list[Resource]]:
    """What checkov does not know: what a rule judges, and what nobody judges."""
    known = resources.urns
    unknown = [row for row in previews.declared(preview.resources) if row.urn not in known]
    tokens = {row.token: crossguard.judges(row.token) for row in unknown}
    return [row for row in unknown if tokens[row.token]], [row for row in unknown if not tokens[row.token]]


def _not_judged(nobody: Sequence[Resource], rules: Excusing) -> Iterator[Finding]:
    """One finding for each type that nobody judges, and one for each excuse of some of its resources."""
    groups: dict[tuple[str, Suppression | None], list[Resource]] = {}
    for row in nobody:
        groups.setdefault((row.token, rules.covering(NOT_JUDGED, row.urn, "")), []).append(row)
    for (token, suppressed), rows in groups.items():
        first = rows[0]
        yield Finding(
            engine=Engine.GATE,
            id=NOT_JUDGED,
            level=Enforcement.MANDATORY,
            severity=Severity.LOW,
            urn=first.urn,
            file=first.position.file if first.position else "",
            line=first.position.line if first.position else 0,
            message=f"{token}: no engine judges this type (resources of it: {len(rows)})",
            fix="write a rule for it, or add its type to the tables of policies/checkov",
            suppressed=suppressed,
        )


def _counted(resources: Iterable[Resource]) -> tuple[Unjudged, ...]:
    counted = Counter(row.token for row in resources)
    return tuple(Unjudged(plain.text(token), number) for token, number in sorted(counted.items()))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once, as a report has them: what stops first, what is suppressed last, and by place."""
    return tuple(
        sorted(
            dict.fromkeys(findings),
            key=lambda row: (
                row.suppressed is not None,
                row.level is not Enforcement.MANDATORY,
                row.file,
                row.line,
                row.engine,
                row.id,
                row.urn,
                row.where,
                row.message,
            ),
        )
    )


def _one_at_a_time(emit: Emit) -> Emit:
    """Engines run in threads; whoever listens need not know."""
    lock = threading.Lock()

    def emit_alone(event: Event) -> None:
        with lock:
            emit(event)

    return emit_alone


def _too_deep(request: GateRequest) -> Problem:
    return Problem(
        "this is no preview that can be judged: it is nested too deeply",
        where=str(request.preview),
        fix="flatten the property that is nested some hundred levels deep",
        exit_code=ExitCode.NOT_JUDGED,
    )
