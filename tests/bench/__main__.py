"""`make bench`: measure, print a Markdown table, and keep the figures in `.bench/results.json`.

`make bench ONLY=vault` runs one group; the other groups' figures stay as they were. A figure with a limit that it does
not keep makes the command end with 1, after everything was measured.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import edge, engine, gate, sandbox, up, vault
from toolchain import files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.bench.figure import Figure

#: Where figures and the groups' scratch folders are; never in git.
WORK = Path(__file__).resolve().parents[2] / ".bench"

GROUPS: dict[str, Callable[[Path], list[Figure]]] = {
    "up": up.run,
    "engine": engine.run,
    "gate": gate.run,
    "sandbox": sandbox.run,
    "vault": vault.run,
    "edge": edge.run,
}


def main(only: str) -> int:
    """Run the groups asked for; returns the exit code."""
    if only and only not in GROUPS:
        sys.stderr.write(f"bench: no group {only!r}; there are: {', '.join(GROUPS)}\n")
        return 2
    WORK.mkdir(exist_ok=True)
    results = WORK / "results.json"
    kept = json.loads(results.read_bytes()) if results.exists() else []
    for name, group in GROUPS.items():
        if only in {"", name}:
            sys.stderr.write(f"bench: {name}\n")
            measured = [asdict(figure) for figure in group(WORK)]
            kept = [row for row in kept if row["name"].partition(".")[0] != name] + measured
            files.write(results, json.dumps(kept, indent=2).encode(), mode=0o644)
    shown = [row for row in kept if only in {"", row["name"].partition(".")[0]}]
    sys.stdout.write(table(shown))
    return 0 if all(row["ok"] for row in shown) else 1


def table(rows: Sequence[dict[str, object]]) -> str:
    """Figures as a Markdown table."""
    lines = ["| figure | value | against | ratio | limit | |", "|---|---:|---:|---:|---:|---|"]
    for row in rows:
        peer = f"{row['peer']} {_number(row['peer_value'])}" if row["peer"] else ""
        limit = "" if row["limit"] is None else _number(row["limit"])
        cells = (row["name"], f"{_number(row['value'])} {row['unit']}", peer, _number(row["ratio"]), limit)
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} | {'ok' if row['ok'] else 'OVER'} |")
    return "\n".join(lines) + "\n"


def _number(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
