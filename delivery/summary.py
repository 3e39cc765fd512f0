"""The short table that `gw up` ends with: what exists, what the policies said, and the backup's proof."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policies.gate.judgement import Report

#: Columns where there is no terminal: a log's line is as long as it is.
_WIDTH = 400


@dataclass(frozen=True)
class Proof:
    """What a backup and its restore showed.

    Attributes:
        product: whose database.
        database: the file, as the container saw it.
        point: the backup's id in the bucket.
        bucket: where it is kept.
        rows: rows in all tables of the restored copy, equal to the captured ones.
        tables: number of tables.
        size: bytes of the restored database.
        stored: bytes in the bucket.
        sha256: of the database, the same when captured and when restored.
        capture_seconds: wall time of the capture's container, from snapshot to stored manifest.
        proof_seconds: wall time of the restore and its checks.
    """

    product: str
    database: str
    point: str
    bucket: str
    rows: int
    tables: int
    size: int
    stored: int
    sha256: str
    capture_seconds: float
    proof_seconds: float


@dataclass(frozen=True)
class Summary:
    """All that `gw up` has to show.

    Attributes:
        types: number of resources by type token.
        changes: what this run did, by operation.
        gate: what the gate said of the preview; nothing in it stops a run.
        standing: how much of each type is there in the sandbox: real, emulated or recorded.
        proof: the main job's result.
        seconds: wall time of the whole run.
        database: the user's own file, or None for the sample.
    """

    types: Mapping[str, int]
    changes: Mapping[str, int]
    gate: Report
    standing: Mapping[str, str]
    proof: Proof
    seconds: float
    database: Path | None


def wide() -> Console:
    """Standard output, at the terminal's width; where there is none, lines are not folded.

    What is printed is data: a path with brackets or colons in it is neither markup nor an emoji.
    """
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDTH
    return console


def show(summary: Summary, console: Console | None = None) -> None:
    """Print the summary to standard output."""
    out = console or wide()
    resources = Table(title="Resources by kind", title_justify="left", box=None, pad_edge=False)
    resources.add_column("kind", overflow="fold")
    resources.add_column("count", justify="right")
    resources.add_column("in this sandbox")
    for kind, count in sorted(summary.types.items()):
        resources.add_row(kind, str(count), summary.standing[kind])
    out.print(resources)
    done = ", ".join(f"{count} {operation}" for operation, count in sorted(summary.changes.items())) or "no changes"
    out.print(f"\nThis run   {done} (components and the stack itself counted)")
    out.print(f"Policies   {_judged(summary.gate)}")
    proof = summary.proof
    out.print(f"\nBackup of {proof.database} ({proof.product}), restored from {proof.bucket} and proven")
    facts = Table(box=None, pad_edge=False, show_header=False)
    facts.add_row("point", proof.point)
    facts.add_row("rows", f"{proof.rows:,} in {proof.tables} tables, equal before and after")
    facts.add_row("bytes", f"{proof.size:,} ({proof.stored:,} stored)")
    facts.add_row("SHA-256", proof.sha256)
    facts.add_row("seconds", f"{proof.capture_seconds:.1f} to capture, {proof.proof_seconds:.1f} to restore and prove")
    out.print(facts)
    out.print(f"\nDone in {summary.seconds:.1f} s. Try next:")
    for command, meaning in _NEXT:
        out.print(f"  {command:<30} {meaning}")
    if summary.database is None:
        out.print(f"  {'make up DB=/path/to/your.db':<30} back up and prove a database of your own")


def _judged(report: Report) -> str:
    """What each engine looked at, and what came out."""
    asked = [f"{row.engine} {row.passed + row.failed:,} checks on {row.judged} resources" for row in report.ran]
    counts = (
        f"{len(report.stopping)} mandatory findings",
        f"{len(report.advisory)} advisory",
        f"{len(report.suppressed)} suppressed",
        f"{len(report.unjudged)} not judged",
    )
    return "; ".join((", ".join(asked), ", ".join(counts)))


_NEXT = (
    ("make up", "again: nothing changes"),
    (".venv/bin/gw gate", "judge all three stacks and every file, change nothing"),
    (".venv/bin/gw status", "what runs, where, and how much memory it takes"),
    (".venv/bin/gw logs node", "what the node did"),
    ("make test", "prove all of it"),
    ("make down", "stop; what was stored stays (gw down --purge removes it)"),
)
