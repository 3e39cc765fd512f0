"""What the policies said in one run of the engine, read from the run's own records.

Two files hold it. The event log (``--event-log``, which needs PULUMI_DEBUG_COMMANDS=true) has the policies' messages,
but no line of the program. The preview's digest (``preview --json --show-sames``, written also when a policy stops
the preview) has the lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policies.finding import Engine, Finding
from policies.message import SUPPRESSED_ID, SUPPRESSED_IN_STACK_ID, read
from policies.rule import Enforcement, Severity
from policies.rules import RULES
from policies.sources import Position, positions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ANALYSES = ("policyAnalyzeSummaryEvent", "policyAnalyzeStackSummaryEvent")
_RULES = {rule.id: rule for rule in RULES}
_NOWHERE = Position(file="", line=0)


@dataclass(frozen=True)
class Counts:
    """How much was judged.

    Attributes:
        policies: policies that judged at least one resource, or the stack.
        resources: resources that were judged.
        mandatory: findings that stop a run.
        advisory: those that do not.
    """

    policies: int
    resources: int
    mandatory: int
    advisory: int


def findings(event_log: Path, digest: Path | None = None) -> list[Finding]:
    """Every finding of a run, each once, mandatory ones first, then by place.

    Args:
        event_log: the engine's events, a JSON object a line; the last line may be cut off by a killed engine.
        digest: the standard output of ``pulumi preview --json --show-sames`` for the same program; without it,
            or for a resource that it does not hold, findings have no file and line.

    Raises:
        OSError: the event log cannot be read.
    """
    places = positions(digest) if digest else {}
    found = {_finding(event["policyEvent"], places) for event in _events(event_log) if "policyEvent" in event}
    return sorted(
        found, key=lambda row: (row.level is not Enforcement.MANDATORY, row.file, row.line, row.id, row.message)
    )


def counts(event_log: Path) -> Counts:
    """How many policies and resources a run judged, and what came out.

    Raises:
        OSError: the event log cannot be read.
    """
    policies: set[tuple[str, str]] = set()
    resources: set[str] = set()
    for event in _events(event_log):
        for kind in _ANALYSES:
            if analysis := event.get(kind):
                names = [*(analysis.get("passed") or ()), *(analysis.get("failed") or ())]
                policies.update((analysis["policyPackName"], name) for name in names)
                if urn := analysis.get("resourceUrn"):
                    resources.add(urn)
    found = findings(event_log)
    mandatory = sum(row.stops for row in found)
    return Counts(
        policies=len(policies), resources=len(resources), mandatory=mandatory, advisory=len(found) - mandatory
    )


def _events(event_log: Path) -> Iterator[dict[str, Any]]:
    with event_log.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except json.JSONDecodeError:
                # An engine that was killed leaves half a line, and nothing after it.
                return


def _finding(event: dict[str, Any], places: dict[str, Position]) -> Finding:
    # The message starts with the policy's own description, which is the demand; then what `message.write` wrote.
    text = read(event["message"])
    urn = event.get("resourceUrn") or ""
    place = places.get(urn, _NOWHERE)
    # What is excused comes under a policy of its own, which stops nothing; it is told as the finding that it is.
    suppressed = text.suppressed if event["policyName"] in {SUPPRESSED_ID, SUPPRESSED_IN_STACK_ID} else None
    name = suppressed.id if suppressed else event["policyName"]
    rule = _RULES.get(name)
    level = Enforcement.MANDATORY if event["enforcementLevel"] == "mandatory" else Enforcement.ADVISORY
    # The first line is the policy's demand; the one that tells what is excused has none of its own.
    demand, *broken = text.what.split("\n")
    demand = rule.title if rule and suppressed else demand
    return Finding(
        engine=Engine.CROSSGUARD,
        id=name,
        level=rule.enforcement if rule and suppressed else level,
        severity=rule.severity if rule else Severity.LOW,
        urn=urn,
        file=place.file,
        line=place.line,
        where=text.where,
        message=": ".join((demand, *broken)),
        fix=text.fix,
        link=rule.link if rule else "",
        suppressed=suppressed,
    )
