"""`gw up`: the whole platform on this machine, from nothing to a proven backup; again, and nothing changes.

Each step can be cut off anywhere: what it left is healed by the next run.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from delivery import database as user_database
from delivery import gate, main_job, stacks, turn
from delivery.deploying.undoing import heal_all
from delivery.engine import stopped
from delivery.summary import Summary
from delivery.workspace import STACK
from policies import report as policy_report
from sandbox.plugins.catalogue import standing
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event

if TYPE_CHECKING:
    from pathlib import Path

    from delivery.engine import Engine, Outcome
    from policies.gate.judgement import Report
    from toolchain.events import Emit


@dataclass(frozen=True)
class Request:
    """What the user asked for.

    Attributes:
        place: the repository and the sandbox.
        database: the user's own database, or None for the sample.
    """

    place: stacks.Place
    database: Path | None


def up(request: Request, emit: Emit) -> Summary:
    """Bring everything up and do the main job.

    Raises:
        Problem: with the documented exit code of whatever went wrong.
        OSError: the sandbox's folder cannot be written to, or the disk is full.
    """
    started = time.monotonic()
    database = user_database.check(request.database) if request.database else None
    place = request.place
    stacks.check(place, STACK)
    gate.prepare()
    with turn.taken(place.root, "gw up", emit):
        running = stacks.start(place, emit)
        engine = stacks.engine(place, running, emit)
        heal_all(engine, running.connections.railway_edge, emit)
        stacks.images(place)
        outcome, changes, report = _declared(place, engine)
        proof = main_job.run(_backup(engine), running.connections, database, emit)
    return Summary(
        types=outcome.types,
        changes=changes,
        gate=report,
        standing={kind: standing(kind) for kind in outcome.types},
        proof=proof,
        seconds=time.monotonic() - started,
        database=database,
    )


def _declared(place: stacks.Place, engine: Engine) -> tuple[Outcome, dict[str, int], Report]:
    """Make the live stack what the program declares.

    Returns:
        The last outcome, what the preview would change, and what the gate said of it before anything was.
    """
    policies = place.checkout / "policies"
    engine.emit(Event("engine.previewing", "preview of the local stack, held to the policies"))
    preview = engine.preview(policies)
    report = gate.of_preview(place, preview, engine.emit)
    gate.stop(report, "nothing was changed")
    outcome = preview
    if preview.changed:
        engine.emit(Event("engine.updating", f"update: {preview.changed} changes"))
        outcome = engine.update(policies)
        _made(outcome, preview.output)
    held = sum(outcome.types.values())
    engine.emit(Event("engine.finished", f"{held} resources are as declared", {"changes": preview.changed}))
    return outcome, {name: count for name, count in preview.changes.items() if name != "refresh"}, report


def _backup(engine: Engine) -> main_job.Backup:
    """The first product's backup, as the program exports it."""
    outputs = engine.outputs()
    if not (backups := outputs.get("backups")):
        raise Problem(
            "the local stack declares no backup",
            where=f"Pulumi.{STACK}.yaml",
            fix="hold at least one product in it",
            exit_code=ExitCode.CONFIG,
        )
    return main_job.Backup.of(backups[0], bucket=outputs["buckets"]["store"])


def _made(update: Outcome, digest: Path) -> None:
    """Stop on what the policies forbade while the update knew more than the preview, and on what went wrong."""
    forbidden = [row for row in policy_report.findings(update.event_log, digest) if row.stops]
    if forbidden:
        raise gate.forbids(forbidden, "what was done before it stays")
    if update.exit_code != 0:
        raise stopped(f"the engine stopped\n{update.why()}", str(update.output))
