"""A report as JUnit XML: a suite for each engine, a failure for each finding that stops."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from policies.finding import NOT_JUDGED, Engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.finding import Finding
    from policies.gate.judgement import Report
    from policies.gate.outcome import Ran


def render(report: Report) -> str:
    """The whole report: what stops failed, what could not be judged is an error, what is excused was skipped.

    Checks that passed are one case for each engine and subject: their number, not their names.
    """
    asked = {row.engine for row in report.ran} | {row.engine for row in report.findings}
    root = ET.Element("testsuites", name=f"gate {report.stack}".strip(), time=f"{report.seconds:.3f}")
    suites = [
        _suite(
            engine,
            [row for row in report.ran if row.engine is engine],
            [row for row in report.findings if row.engine is engine],
        )
        for engine in Engine
        if engine in asked
    ]
    root.extend(suites)
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(engine: Engine, ran: Sequence[Ran], findings: Sequence[Finding]) -> ET.Element:
    suite = ET.Element("testsuite", name=engine.value, time=f"{sum(row.seconds for row in ran):.3f}")
    suite.extend(_asked(row) for row in ran)
    suite.extend(_case(row) for row in findings)
    counts = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    suite.set("tests", str(len(suite)))
    for name, tag in counts.items():
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    return suite


def _asked(ran: Ran) -> ET.Element:
    name = f"{ran.subject.value}: {ran.judged} judged, {ran.passed} checks passed"
    case = ET.Element("testcase", classname=ran.engine.value, name=name, time=f"{ran.seconds:.3f}")
    if ran.problem:
        case.set("name", f"{ran.subject.value}: could not judge")
        ET.SubElement(case, "error", message=ran.problem, type="could-not-judge").text = ran.fix
    return case


def _case(row: Finding) -> ET.Element:
    subject = row.name or row.file
    case = ET.Element("testcase", classname=f"{row.engine.value}.{row.id}", name=f"{row.id} {subject}".strip())
    if row.file:
        case.set("file", row.file)
    if row.line:
        case.set("line", str(row.line))
    if row.suppressed:
        ET.SubElement(case, "skipped", message=f"{row.suppressed.reason} (until {row.suppressed.expires})")
    elif row.id == NOT_JUDGED:
        ET.SubElement(case, "error", message=row.message, type=row.id).text = _details(row)
    elif row.stops:
        ET.SubElement(case, "failure", message=row.message, type=row.severity.value).text = _details(row)
    else:
        ET.SubElement(case, "system-out").text = f"{row.message}\n{_details(row)}"
    return case


def _details(row: Finding) -> str:
    pairs = (("at", row.place), ("resource", row.urn), ("property", row.where), ("fix", row.fix), ("link", row.link))
    return "\n".join(f"{name}: {value}" for name, value in pairs if value)
