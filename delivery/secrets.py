"""`gw secrets`: every secret of a stack, how old it is, and whether it is time for a new one.

No value is read: the stack file says of each secret when it was last replaced, and holds it encrypted. Of the key that
the stack makes itself it says the day on which the key ends; no vendor says a word on that day, the engine just fails.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import yaml
from rich.table import Table

from delivery.summary import wide
from delivery.workspace import PROJECT, STACK
from infra.settings import STACKS, check_file
from infra.stackfile import SECRETS
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

#: Days after which a secret is replaced (PF-7).
MOST_DAYS = 90
#: Key of a stack file that says when the engine's key to its own bucket ends.
FILES_KEY = f"{PROJECT}:amoisekai.files.keyExpires"
#: Days before that on which it is said to be due.
_SOON_DAYS = 14


class State(StrEnum):
    """What is to be done about a secret."""

    FRESH = "fresh"
    DUE = "due soon"
    OVERDUE = "overdue"
    AHEAD = "replaced in the future"
    ENDED = "ended"
    FAR = "ends too late"
    MADE = "made by each sandbox"


#: States in which nobody can rely on it.
BAD = frozenset({State.OVERDUE, State.AHEAD, State.ENDED, State.FAR})


@dataclass(frozen=True)
class Kept:
    """A secret of a stack.

    Attributes:
        stack: the stack.
        key: its full key.
        what: what it opens.
        held: whether the stack file holds it, encrypted.
        replaced: the day it was last replaced; None: nobody keeps count.
        days: its age; None likewise.
        state: what is to be done.
        ends: first day on which it opens nothing; None: nobody gave it an end.
    """

    stack: str
    key: str
    what: str
    held: bool
    replaced: dt.date | None
    days: int | None
    state: State
    ends: dt.date | None = None


def kept(checkout: Path, stack: str, today: dt.date) -> list[Kept]:
    """Every secret of a stack, in the order in which `infra.stackfile` names them; then the key that it makes itself.

    Raises:
        Problem: there is no such stack (exit code 2), or its file is wrong, a secret without a day in
            ``groundwork:secretsRotated`` among it (exit code 3).
    """
    if stack not in STACKS:
        known = ", ".join(STACKS)
        raise Problem(f"no stack is named {stack!r}", allowed=known, fix="gw secrets", exit_code=ExitCode.USAGE)
    path = checkout / f"Pulumi.{stack}.yaml"
    config = check_file(path, secrets=False)
    values = yaml.safe_load(path.read_bytes())["config"]
    typed = [_kept(stack, key, key in values, config.secrets_rotated[key], today) for key in SECRETS]
    return [*typed, _made(stack, config.amoisekai.files.key_expires, today)]


def _kept(stack: str, key: str, held: bool, replaced: dt.date, today: dt.date) -> Kept:  # noqa: FBT001 - a fact
    if stack == STACK:
        return Kept(stack, key, SECRETS[key], held=held, replaced=None, days=None, state=State.MADE)
    days = (today - replaced).days
    return Kept(stack, key, SECRETS[key], held=held, replaced=replaced, days=days, state=state(days))


def _made(stack: str, ends: dt.date, today: dt.date) -> Kept:
    what = "the engine's key to its own bucket"
    due = State.MADE if stack == STACK else left((ends - today).days)
    return Kept(stack, FILES_KEY, what, held=False, replaced=None, days=None, state=due, ends=ends)


def left(days: int) -> State:
    """What is to be done about a key that ends in so many days."""
    if days <= 0:
        return State.ENDED
    if days > MOST_DAYS:
        return State.FAR
    return State.DUE if days <= _SOON_DAYS else State.FRESH


def state(days: int) -> State:
    """What is to be done about a secret of that age; its day may be tomorrow's, as it is east of here."""
    if days < -1:
        return State.AHEAD
    if days > MOST_DAYS:
        return State.OVERDUE
    return State.DUE if days > MOST_DAYS - _SOON_DAYS else State.FRESH


def show(rows: Iterable[Kept], *, as_json: bool) -> None:
    """Print them.

    Raises:
        Problem: one of them is older than 90 days, or said to be replaced on a day to come; or a key has ended, or
            lives for more than 90 days yet (exit code 5).
    """
    rows = list(rows)
    console = wide()
    if as_json:
        console.print_json(json.dumps([asdict(row) for row in rows], default=str))
    else:
        table = Table(box=None, pad_edge=False)
        for heading in ("stack", "secret", "in the file", "replaced", "days", "ends", "state"):
            table.add_column(heading, justify="right" if heading == "days" else "left", overflow="fold")
        for row in rows:
            days = "" if row.days is None else str(row.days)
            held = "yes" if row.held else "no"
            table.add_row(row.stack, row.key, held, str(row.replaced or ""), days, str(row.ends or ""), row.state)
        console.print(table)
    if bad := [row for row in rows if row.state in BAD]:
        raise _bad(bad)


def _bad(rows: list[Kept]) -> Problem:
    first = rows[0]
    listed = "\n".join(f"  - {row.stack}: {row.key} ({row.state}, {_when(row)})" for row in rows)
    return Problem(
        f"{len(rows)} {'secret is' if len(rows) == 1 else 'secrets are'} not as young as they must be\n{listed}",
        where=", ".join(sorted({f"Pulumi.{row.stack}.yaml" for row in rows})),
        allowed=f"replaced within {MOST_DAYS} days",
        fix=_fix(first),
        exit_code=ExitCode.POLICY,
    )


def _when(row: Kept) -> str:
    return f"{row.days} days" if row.ends is None else str(row.ends)


def _fix(row: Kept) -> str:
    if row.ends is not None:
        return f"write another day within {MOST_DAYS} days to {row.key}, and update: that makes another key"
    return (
        f"make a new one as docs/secrets.md says, pulumi config set --stack {row.stack} --secret {row.key}, "
        f"and write the day to {PROJECT}:secretsRotated"
    )
