"""CrossGuard's findings: from the events of the engine's own run, or from the same rules asked here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policies import report
from policies.finding import Engine, Finding
from policies.gate.outcome import Verdict
from policies.message import read, write
from policies.pending import FIX, PENDING_ID, TITLE, shown
from policies.preview import declared
from policies.rule import Enforcement, Rule, Severity, StackRule, Violation
from policies.rules import RULES
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policies.facts import Facts
    from policies.preview import Preview, Resource
    from policies.rule import AnyRule

_ANALYSES = ("policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent")


#: A type that no provider has.
_UNHEARD_OF = "unheard:of/type:Type"


def judges(token: str, rules: Sequence[AnyRule] = RULES) -> bool:
    """Whether a rule is meant for resources of this type; one that is asked of every type knows none of them."""
    single = [rule for rule in rules if isinstance(rule, Rule) and not rule.applies(_UNHEARD_OF)]
    return any(rule.applies(token) for rule in single)


def from_events(preview: Preview, digest: Path, events: Path) -> Verdict:
    """What the policy pack said while the engine made this preview.

    Args:
        preview: what the engine made.
        digest: the file it was read from.
        events: the engine's event log.

    Raises:
        Problem: the log is not whole, or of another preview (exit code 13).
    """
    try:
        asked = _asked(events)
        found = report.findings(events, digest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(events, f"it cannot be read: {type(error).__name__}") from error
    if "" not in asked:
        raise _unusable(events, "the policies never judged the whole stack: the preview ended early, or had no pack")
    unasked = [row.urn for row in declared(preview.resources) if row.urn not in asked]
    if unasked:
        raise _unusable(events, f"{len(unasked)} resources of the preview are not in it, as {unasked[0]:.200}")
    ids = {rule.id for rule in RULES}
    mine = {row.urn for row in preview.resources} | {""}
    pairs = sum(len(names & ids) for urn, names in asked.items() if urn in mine)
    return _verdict(found, judged=len(mine & set(asked)) - 1, pairs=pairs)


def from_rules(preview: Preview, rules: Sequence[AnyRule] = RULES) -> Verdict:
    """What the rules say of a preview alone; they are pure functions, so nothing is started."""
    seen = [(resource, resource.facts()) for resource in preview.resources]
    found = [row for rule in rules for row in _found(rule, seen)]
    pairs = sum(len(preview.resources) if isinstance(rule, Rule) else 1 for rule in rules)
    return _verdict(found, judged=len(preview.resources), pairs=pairs)


def _verdict(found: list[Finding], *, judged: int, pairs: int) -> Verdict:
    failed = len({(row.id, row.urn) for row in found if row.id != PENDING_ID})
    return Verdict(tuple(found), judged=judged, passed=pairs - failed, failed=failed)


def _found(rule: AnyRule, seen: Sequence[tuple[Resource, Facts]]) -> Iterator[Finding]:
    if isinstance(rule, StackRule):
        by_urn = {resource.urn: resource for resource, _ in seen}
        for violation in rule.check([facts for _, facts in seen]):
            yield _finding(rule, violation, by_urn.get(violation.urn), violation.urn)
        return
    for resource, facts in seen:
        if rule.applies(resource.token):
            for result in rule.check(facts):
                if isinstance(result, Violation):
                    yield _finding(rule, result, resource, resource.urn)
                else:
                    yield _pending(shown(result, rule.id), resource)


def _finding(rule: AnyRule, violation: Violation, resource: Resource | None, urn: str) -> Finding:
    text = read(f"{rule.title}\n{write(violation, rule.fix)}")
    position = resource.position if resource else None
    return Finding(
        engine=Engine.CROSSGUARD,
        id=rule.id,
        level=rule.enforcement,
        severity=rule.severity,
        urn=urn,
        file=position.file if position else "",
        line=position.line if position else 0,
        where=text.where,
        message=text.what.replace("\n", ": "),
        fix=text.fix,
        link=rule.link,
    )


def _pending(violation: Violation, resource: Resource) -> Finding:
    text = read(f"{TITLE}\n{write(violation, FIX)}")
    return Finding(
        engine=Engine.CROSSGUARD,
        id=PENDING_ID,
        level=Enforcement.ADVISORY,
        severity=Severity.LOW,
        urn=resource.urn,
        file=resource.position.file if resource.position else "",
        line=resource.position.line if resource.position else 0,
        where=text.where,
        message=text.what.replace("\n", ": "),
        fix=text.fix,
    )


def _asked(events: Path) -> dict[str, set[str]]:
    """The policies that judged each resource, by URN; the whole stack's under the empty one.

    Raises:
        ValueError: a line is no JSON.
    """
    asked: dict[str, set[str]] = {}
    with events.open(encoding="utf-8") as lines:
        for line in lines:
            event: dict[str, Any] = json.loads(line)
            for kind in _ANALYSES:
                if analysis := event.get(kind):
                    names = [*(analysis.get("passed") or ()), *(analysis.get("failed") or ())]
                    asked.setdefault(analysis.get("resourceUrn") or "", set()).update(names)
    return asked


def _unusable(events: Path, why: str) -> Problem:
    return Problem(
        f"the event log tells not all that the policies said: {why}",
        where=str(events),
        allowed="the log of the same preview, whole, run with --policy-pack",
        fix="run the preview again, or leave the log out: the rules are then asked over the preview",
        exit_code=ExitCode.NOT_JUDGED,
    )
