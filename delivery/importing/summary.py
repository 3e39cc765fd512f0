"""What `gw import` tells at its end: what was taken over, and each list of what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delivery.summary import wide

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from delivery.importing.run import TakenOver
    from policies.preview import Resource


def show(result: TakenOver, console: Console | None = None) -> None:
    """Print it to standard output; lists that are empty are left out."""
    out = console or wide()
    matches = result.matches
    verb = "would be imported" if result.dry_run else "imported"
    out.print(f"{len(result.added)} resources {verb} into the stack {result.stack}, by {result.listed}")
    for urn in result.added:
        live = matches.matched[urn]
        out.print(f"  {_shown(f'{_known(urn)}: {live.label} ({live.id})')}")
    _list(
        out,
        "Declared, and live in another form: the next update changes it to what is declared",
        (f"{one.name}: {one.operation}: {', '.join(one.properties) or 'no property'}" for one in result.different),
    )
    _list(out, "Why the engine would refuse the next update", result.refused)
    _list(
        out,
        "Declared, and could be several live things (or several resources one thing): not imported, tell them apart",
        (
            f"{_name(one.resource)}: {', '.join(f'{it.label} ({it.id})' for it in one.live)}"
            for one in matches.ambiguous
        ),
    )
    _list(out, "Declared, and not live: the next update creates it", map(_name, matches.missing))
    _list(out, "Declared, and nothing that one could take over: the next update makes it anew", map(_name, result.anew))
    _list(
        out,
        "Live, and not of this stack",
        (f"{one.label} ({one.id})" for one in matches.unmanaged),
    )
    _list(
        out,
        "Of other vendors, and not in the state: the next update creates it",
        (f"{count} {token}" for token, count in sorted(result.elsewhere.items())),
    )
    if not result.exit_code:
        out.print("\nA preview changes nothing of the edge." if not result.dry_run else "\nEverything is matched.")


def _list(out: Console, title: str, rows: Iterable[str]) -> None:
    lines = list(rows)
    if lines:
        out.print(f"\n{title}")
        for line in lines:
            out.print(f"  {_shown(line)}")


def _shown(line: str) -> str:
    """The line as it can be printed: names are whatever someone gave, and the terminal obeys control characters."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in line)


def _name(resource: Resource) -> str:
    return _known(resource.urn)


def _known(urn: str) -> str:
    """A resource as a person knows it: type and name."""
    types, _, name = urn.rpartition("::")
    return f"{types.rpartition(':')[2]} {name}"
