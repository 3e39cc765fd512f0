"""A report for a terminal: by file, short, with the line of the program, no longer than a screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.text import Text

from policies.finding import NOT_JUDGED
from policies.gate import plain
from policies.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policies.finding import Finding
    from policies.gate.judgement import Report, Unjudged
    from policies.gate.outcome import Ran

#: Lines that findings may take: with the rest of a report they fit a screen of fifty.
MOST_LINES: Final = 36
_MOST_SOURCE: Final = 200
_MOST_TYPES: Final = 3
#: What a finding is about whose line is not shown.
_SECRET: Final = re.compile("secret|credential|password|token", re.IGNORECASE)
_COLOURS: Final = {Severity.CRITICAL: "bold red", Severity.HIGH: "red", Severity.MEDIUM: "yellow", Severity.LOW: "cyan"}


def render(report: Report, checkout: Path) -> list[Text]:
    """The lines of a report, for a console to print without folding them.

    What stops comes first, then what could not be judged, then advice, of each the most harmful: what is left out for
    want of room is the least of it. Suppressed findings are counted alone.

    Args:
        report: what is shown.
        checkout: where the program's lines are read.
    """
    shown = [*report.stopping, *report.unjudged, *report.advisory]
    lines: list[Text] = []
    left = len(shown)
    for rows, told in _blocks(shown, checkout):
        if len(lines) + len(rows) > MOST_LINES:
            break
        lines += rows
        left -= told
    if left:
        lines.append(Text(f"and {left} more: the JSON report has all of them", style="bold"))
    lines += [line for row in report.ran for line in _engine(row)]
    lines += _types("judged by CrossGuard alone, as checkov does not know them", report.crossguard_only)
    lines.append(_sum(report))
    return lines


def _blocks(findings: list[Finding], checkout: Path) -> Iterator[tuple[list[Text], int]]:
    """Rows, and how many findings they tell of; a file's name and a line of it stand with their first."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    worst: dict[tuple[object, ...], tuple[int, int]] = {}
    for row in findings:
        for place in ((_title(row),), (_title(row), row.line)):
            worst[place] = min(_rank(row), worst.get(place, _rank(row)))
        key = (row.file, row.line, row.id, row.message, row.fix, row.stops, "" if row.file else row.urn)
        alike.setdefault(key, []).append(row)

    def order(group: list[Finding]) -> tuple[object, ...]:
        """By the worst of the file, then of the line; what is of one place stays together."""
        title, line = _title(group[0]), group[0].line
        return worst[title,], title, worst[title, line], line, _rank(group[0])

    ordered = sorted(alike.values(), key=order)
    hidden = {(row.file, row.line) for row in findings if _SECRET.search(f"{row.id} {row.message}")}
    head, line = "", 0
    for row, *others in ordered:
        rows = []
        title = _title(row)
        if title != head:
            head, line = title, 0
            rows.append(Text(title, style="bold underline"))
        # A line that is said to hold a secret is not repeated on a terminal, or in the log of a run.
        told = not row.line or row.line == line or (row.file, row.line) in hidden
        if not told and (source := _source(checkout, row)):
            rows.append(Text(f"  {row.line:>4} | {source}", style="dim"))
            line = row.line
        rows.append(_told(row, {one.name for one in (row, *others) if one.urn}))
        if row.fix:
            rows.append(Text(f"       fix: {row.fix}", style="green"))
        yield rows, 1 + len(others)


def _title(row: Finding) -> str:
    return row.file or row.urn or "the stack"


def _rank(row: Finding) -> tuple[int, int]:
    """What comes first: what stops, what is not judged, advice; of each the most harmful."""
    kind = 1 if row.id == NOT_JUDGED else 0 if row.stops else 2
    return kind, -list(Severity).index(row.severity)


def _told(row: Finding, names: set[str]) -> Text:
    word = (
        "not judged" if row.id == NOT_JUDGED else row.severity.value if row.stops else f"{row.severity.value}, advice"
    )
    text = Text(f"  {row.line or '':>4} ")
    text.append(f"{row.id} ", style="bold")
    text.append(f"({word}) ", style=_COLOURS[row.severity])
    if names:
        text.append(f"{min(names) if len(names) == 1 else f'{len(names)} resources'}: ")
    return text.append(row.message)


def _source(checkout: Path, row: Finding) -> str:
    """The line of the program; empty where it cannot be read, or lies outside the checkout."""
    try:
        path = (checkout / row.file).resolve()
        if not path.is_relative_to(checkout.resolve()):
            return ""
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except (OSError, ValueError):
        return ""
    return plain.text(lines[row.line - 1].strip(), _MOST_SOURCE) if row.line <= len(lines) else ""


def _engine(ran: Ran) -> list[Text]:
    name = f"{ran.engine.value} on {ran.subject.value}: "
    if ran.problem:
        lines = [Text(f"{name}could not judge: {ran.problem}", style="bold red")]
        return [*lines, Text(f"       fix: {ran.fix}", style="green")] if ran.fix else lines
    counts = f"{ran.judged} judged, {ran.passed} checks passed, {ran.failed} failed"
    return [Text(f"{name}{counts}, {ran.seconds:.1f} s", style="dim")]


def _types(title: str, types: tuple[Unjudged, ...]) -> list[Text]:
    if not types:
        return []
    names = ", ".join(f"{row.token} ({row.resources})" for row in types[:_MOST_TYPES])
    more = f" and {len(types) - _MOST_TYPES} more types" if len(types) > _MOST_TYPES else ""
    return [Text(f"{title}: {names}{more}", style="dim")]


def _sum(report: Report) -> Text:
    said = [
        f"{len(report.stopping)} stop",
        f"{len(report.unjudged)} not judged",
        f"{len(report.advisory)} advice",
        f"{len(report.suppressed)} suppressed",
    ]
    if report.problems:
        said.append(f"{len(report.problems)} engines could not judge")
    what = f"stack {report.stack}" if report.stack else "files"
    style = "bold red" if report.stopping else "bold yellow" if report.exit_code else "bold green"
    return Text(f"{what}: {', '.join(said)} ({report.seconds:.1f} s)", style=style)
