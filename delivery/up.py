"""`gw up`: the whole platform on this machine, from nothing to a proven backup; again, and nothing changes.

Each step can be cut off anywhere: what it left is healed by the next run.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from delivery import database as user_database
from delivery import main_job, turn
from delivery.engine import Engine, Outcome, stopped
from delivery.summary import Summary
from delivery.workspace import PROJECT, STACK, Workspace
from infra.settings import check_file
from policies import report as policy_report
from policies.rule import Enforcement
from sandbox.plugins import install
from sandbox.plugins.catalogue import standing
from sandbox.sandbox import Sandbox
from toolchain import files
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event
from toolchain.provide import provide
from toolchain.tools import NEEDED_BY_UP, Tool

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.connections import Connections
    from toolchain.events import Emit


@dataclass(frozen=True)
class Request:
    """What the user asked for.

    Attributes:
        checkout: the repository.
        root: the sandbox's folder.
        database: the user's own database, or None for the sample.
    """

    checkout: Path
    root: Path
    database: Path | None


def up(request: Request, emit: Emit) -> Summary:
    """Bring everything up and do the main job.

    Raises:
        Problem: with the documented exit code of whatever went wrong.
        OSError: the sandbox's folder cannot be written to, or the disk is full.
    """
    started = time.monotonic()
    database = user_database.check(request.database) if request.database else None
    check_file(request.checkout / f"Pulumi.{STACK}.yaml", secrets=False)
    with turn.taken(request.root, "gw up", emit):
        binaries = provide(NEEDED_BY_UP, emit)
        connections = Sandbox(request.root, binaries).start(emit)
        engine = prepare_engine(request, binaries[Tool.PULUMI], connections, emit)
        outcome, changes = _declared(request, engine)
        proof = main_job.run(_backup(engine), connections, database, emit)
    counts = policy_report.counts(outcome.event_log)
    return Summary(
        types=outcome.types,
        changes=changes,
        policies=counts.policies,
        advisories=counts.advisory,
        standing={kind: standing(kind) for kind in outcome.types},
        proof=proof,
        seconds=time.monotonic() - started,
        database=database,
    )


def _declared(request: Request, engine: Engine) -> tuple[Outcome, dict[str, int]]:
    """Make the live stack what the program declares; returns the last outcome, and what the preview would change."""
    _images(request)
    policies = request.checkout / "policies"
    engine.emit(Event("engine.previewing", "preview of the local stack, held to the policies"))
    preview = engine.preview(policies)
    _judged(preview, preview.output, "nothing was changed")
    outcome = preview
    if preview.changed:
        engine.emit(Event("engine.updating", f"update: {preview.changed} changes"))
        outcome = engine.update(policies)
        _judged(outcome, preview.output, "what was done before it stays")
    held = sum(outcome.types.values())
    engine.emit(Event("engine.finished", f"{held} resources are as declared", {"changes": preview.changed}))
    return outcome, {name: count for name, count in preview.changes.items() if name != "refresh"}


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


def prepare_engine(request: Request, pulumi: Path, connections: Connections, emit: Emit) -> Engine:
    """Lay the engine's workspace out, install the stand-ins, and heal what a killed run left."""
    workspace = Workspace(checkout=request.checkout, root=request.root)
    workspace.prepare()
    install.install(workspace.home)
    environment = workspace.environment(connections, sys.executable, pulumi.parent)
    engine = Engine(binary=pulumi, workspace=workspace, environment=environment, emit=emit)
    engine.rescue()
    engine.initialise()
    for key, value in workspace.overlay(connections).items():
        engine.keep_secret(key, value)
    engine.heal()
    return engine


def _judged(outcome: Outcome, digest: Path, done: str) -> None:
    """Stop on what the policies forbid, and on what the engine could not do; in that order."""
    found = policy_report.findings(outcome.event_log, digest)
    forbidden = [row for row in found if row.level is Enforcement.MANDATORY]
    if forbidden:
        rows = "\n".join(f"  {row.place}: {row.id}: {row.message} ({row.where})\n      {row.fix}" for row in forbidden)
        raise Problem(
            f"the policies forbid this ({len(forbidden)} mandatory); {done}\n{rows}",
            where="the program, at the lines named; the rules are in policies/rules/",
            fix="mend the program, then run `make up` again",
            exit_code=ExitCode.POLICY,
        )
    if outcome.exit_code != 0:
        raise stopped(f"the engine stopped\n{outcome.why()}", str(outcome.output))


def _images(request: Request) -> None:
    """Write the node's table of images, from the image settings of the stack itself."""
    stack = yaml.safe_load((request.checkout / f"Pulumi.{STACK}.yaml").read_bytes())
    images = stack["config"][f"{PROJECT}:images"]
    table = {reference: f"jobs/{job}" for job, reference in images.items()}
    files.write(request.root / "images.json", json.dumps(table, indent=2, sort_keys=True).encode())
