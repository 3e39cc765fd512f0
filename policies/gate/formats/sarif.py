"""A report as SARIF 2.1.0, a run for each engine, within what GitHub's code scanning takes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from policies.finding import Engine
from policies.gate import suppressions
from policies.gate.fingerprint import fingerprints
from policies.rule import Enforcement, Severity
from policies.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policies.finding import Finding
    from policies.gate.judgement import Report
    from policies.gate.outcome import Ran
    from policies.suppression import Suppression

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: Results of a run that GitHub shows (its documentation, "SARIF results exceed soft limits"); it takes 25,000.
MOST_RESULTS: Final = 5000
#: What stands for a place where none is known: GitHub shows no result without a file.
NOWHERE: Final = "Pulumi.yaml"
FINGERPRINT: Final = "groundworkGate/v1"

_LEVELS: Final = {Enforcement.MANDATORY: "error", Enforcement.ADVISORY: "warning"}
#: GitHub's bounds are 9.0, 7.0 and 4.0; these lie between.
_SCORES: Final = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.0"}
_PAGES: Final = {
    Engine.CROSSGUARD: "https://www.pulumi.com/docs/insights/policy/",
    Engine.CHECKOV: "https://www.checkov.io/",
    Engine.ACTIONLINT: "https://github.com/rhysd/actionlint",
    Engine.ZIZMOR: "https://docs.zizmor.sh/",
}
_TITLES: Final = {rule.id: rule.title for rule in RULES}


def render(report: Report) -> str:
    """The whole report: a run for each engine that was asked or found something, suppressed findings among them."""
    marked = list(zip(report.findings, fingerprints(report.findings), strict=True))
    asked = {row.engine for row in report.ran} | {row.engine for row in report.findings}
    runs = []
    for engine in (one for one in Engine if one in asked):
        mine = [pair for pair in marked if pair[0].engine is engine]
        runs.append(_run(engine, mine, [row for row in report.ran if row.engine is engine], report.stack))
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, indent=1) + "\n"


def _run(engine: Engine, marked: Sequence[tuple[Finding, str]], ran: Sequence[Ran], stack: str) -> dict[str, Any]:
    kept = marked[:MOST_RESULTS]
    by_id: dict[str, Finding] = {}
    for row, _ in kept:
        known = by_id.setdefault(row.id, row)
        if row.link and not known.link:
            by_id[row.id] = row
    places = {finding_id: place for place, finding_id in enumerate(by_id)}
    driver: dict[str, Any] = {"name": engine.value, "rules": [_rule(row) for row in by_id.values()]}
    if engine in _PAGES:
        driver["informationUri"] = _PAGES[engine]
    told = [_notification(row.problem, "error") for row in ran if row.problem]
    if len(marked) > len(kept):
        told.append(_notification(f"{len(marked) - len(kept)} more results are left out", "warning"))
    successful = not any(row.problem for row in ran)
    return {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"gate/{quote(stack, safe='') or 'files'}/"},
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the root of the repository"}}},
        "invocations": [{"executionSuccessful": successful, "toolExecutionNotifications": told}],
        "results": [_result(row, mark, places[row.id]) for row, mark in kept],
    }


def _rule(row: Finding) -> dict[str, Any]:
    title = _TITLES.get(row.id) or (row.message if row.engine is Engine.CHECKOV else row.id)
    rule: dict[str, Any] = {
        "id": row.id,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": row.fix or row.link or title},
        "defaultConfiguration": {"level": _LEVELS[row.level]},
        "properties": {"tags": ["security"], "security-severity": _SCORES[row.severity]},
    }
    if row.link:
        rule["helpUri"] = row.link
    return rule


def _result(row: Finding, fingerprint: str, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": row.id,
        "ruleIndex": rule,
        "level": _LEVELS[row.level],
        "message": {"text": f"{row.message}\nfix: {row.fix}" if row.fix else row.message},
        "locations": [_location(row)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "properties": {"severity": row.severity.value, "where": row.where},
    }
    if row.suppressed:
        result["suppressions"] = [_suppression(row.suppressed)]
    return result


def _location(row: Finding) -> dict[str, Any]:
    uri = quote(row.file.lstrip("/"), safe="/") or NOWHERE
    # A first part with a colon would be read as a scheme; `quote` leaves none.
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": max(row.line, 1)},
        }
    }
    if row.urn:
        location["logicalLocations"] = [{"fullyQualifiedName": row.urn, "name": row.name, "kind": "resource"}]
    return location


def _suppression(row: Suppression) -> dict[str, Any]:
    return {
        "kind": "external" if row.source.startswith(f"{suppressions.FILE}:") else "inSource",
        "status": "accepted",
        "justification": f"{row.reason} ({row.owner}, until {row.expires}; {row.source})",
    }


def _notification(text: str, level: str) -> dict[str, Any]:
    return {"level": level, "message": {"text": text}}
