"""The short table that `gw deploy` ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from delivery.summary import wide

if TYPE_CHECKING:
    from delivery.deploying.steps import Deployed


def show(done: Deployed) -> None:
    """Print what serves now, and what is left to do."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_row("product", f"{done.product}, stack {done.stack}")
    table.add_row("serves", done.image)
    table.add_row("before", done.before if done.before != done.image else "the same: nothing was changed")
    table.add_row("deployment", done.deployment)
    table.add_row("smoke test", f"{done.rounds} of {done.rounds} good: health and deep health")
    table.add_row("seconds", f"{done.seconds:.1f}")
    console = wide()
    console.print(table)
    if done.file:
        console.print(f"\n{done.file} names the new image: commit that line, or the next update takes it back")
