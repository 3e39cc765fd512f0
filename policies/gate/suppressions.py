"""Excuses for findings: read from the one file and from components, and found for a finding.

The CrossGuard pack and the gate both ask here, so that one excuse holds in the engine and in the report alike.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Annotated, Any, Final

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError
from yaml.constructor import SafeConstructor

from policies.suppression import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from policies.sources import Position

#: The one file, relative to the checkout.
FILE: Final = "policies/suppressions.yaml"
#: The input of a component that holds its own, each with `id`, `reason`, `owner`, `expires`.
INPUT: Final = "suppressions"
#: Days ahead that an excuse may hold: one a year old is looked at again.
MOST_DAYS: Final = 366
FEWEST_WORDS: Final = 3

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, order=True)
class Fault:
    """An entry that is malformed: it excuses nothing.

    Attributes:
        file: where it is written, relative to the checkout; empty: not known.
        line: from 1; 0: not known.
        urn: the component that carries it; empty for the file.
        what: what is wrong, and what is allowed.
    """

    file: str
    line: int
    urn: str
    what: str


@dataclass(frozen=True)
class Excuses:
    """What was read: the entries that hold by their form, and those that do not."""

    suppressions: tuple[Suppression, ...] = ()
    faults: tuple[Fault, ...] = ()

    def __add__(self, other: Excuses) -> Excuses:
        """Both together, in order."""
        return Excuses(self.suppressions + other.suppressions, self.faults + other.faults)


def load(checkout: Path, today: dt.date) -> Excuses:
    """What `FILE` excuses; nothing where there is no such file.

    Args:
        checkout: the repository's folder.
        today: the day (UTC) from which `MOST_DAYS` count.
    """
    path = checkout / FILE
    try:
        document = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except FileNotFoundError:
        return Excuses()
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        return Excuses(faults=(Fault(FILE, mark.line + 1 if mark else 0, "", f"it cannot be read: {_short(error)}"),))
    if document is None:
        return Excuses()
    if not isinstance(document, yaml.SequenceNode):
        return Excuses(faults=(Fault(FILE, 1, "", "it is no list of suppressions"),))
    read = Excuses()
    for node in document.value:
        line = node.start_mark.line + 1
        try:
            entry = SafeConstructor().construct_document(node)
        except (ValueError, RecursionError, yaml.YAMLError) as error:  # as a day that no month has
            read += Excuses(faults=(Fault(FILE, line, "", f"it cannot be read: {_short(error)}"),))
            continue
        if (twice := _twice(node)) is not None:
            read += Excuses(faults=(Fault(FILE, line, "", f"the key {twice!r} stands there twice"),))
        else:
            read += _checked(_FileEntry, entry, "", FILE, line, today)
    return _without_duplicates(read)


def of_component(inputs: Mapping[str, Any], urn: str, position: Position | None, today: dt.date) -> Excuses:
    """What a component excuses for itself and all that hangs below it.

    Args:
        inputs: the component's inputs; `INPUT` among them is a list of mappings, or is not there.
        urn: the component.
        position: where the program makes it; None: not known.
        today: the day (UTC) from which `MOST_DAYS` count.
    """
    file, line = (position.file, position.line) if position else ("", 0)
    entries = inputs.get(INPUT)
    if entries is None:
        return Excuses()
    if not isinstance(entries, list):
        return Excuses(faults=(Fault(file, line, urn, f"its input {INPUT!r} is no list, or is not known yet"),))
    read = Excuses()
    for entry in entries:
        read += _checked(_Entry, entry, urn, file, line, today)
    return _without_duplicates(read)


def covering(  # noqa: PLR0913 - what a finding is told by; by name alone
    suppressions: Iterable[Suppression],
    *,
    finding_id: str,
    urn: str = "",
    parents: Sequence[str] = (),
    file: str = "",
    stack: str = "",
    today: dt.date,
) -> Suppression | None:
    """The first suppression that excuses a finding today; None: nothing does.

    A `where` that starts with ``urn:`` speaks of resources, any other of files. So a finding about a resource is
    never excused by the file it is declared in: neither the engine nor checkov knows that file.

    Args:
        suppressions: those to look through, in order.
        finding_id: the rule's or check's id.
        urn: the resource that the finding is about; empty: a file is.
        parents: URNs of what the resource hangs below, in any order.
        file: the file it is about, relative to the checkout; not looked at for a resource.
        stack: the stack that is judged; empty: none is.
        today: the day (UTC).
    """
    places = (urn, *parents) if urn else (file,) if file else ()
    return next(
        (
            row
            for row in suppressions
            if row.id == finding_id
            and row.expires >= today
            and (not row.stacks or stack in row.stacks)
            and any(_covers(row.where, place) for place in places)
        ),
        None,
    )


def speaks_of(suppression: Suppression, stack: str) -> bool:
    """Whether it is meant for a resource of this stack: by its `stacks`, and by the stack in its URN."""
    if not suppression.where.startswith("urn:") or (suppression.stacks and stack not in suppression.stacks):
        return False
    return fnmatchcase(f"urn:pulumi:{stack}", "::".join(suppression.where.split("::")[:1]))


def position(suppression: Suppression) -> tuple[str, int]:
    """Where it is written: file and line; empty and 0 for a component whose line is not known."""
    file, _, line = suppression.source.rpartition(":")
    return ("", 0) if suppression.source == suppression.where else (file, int(line))


def _covers(where: str, place: str) -> bool:
    return place == where or (place.startswith("urn:") == where.startswith("urn:") and fnmatchcase(place, where))


def _date(value: object) -> object:
    if type(value) is dt.date:
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        return dt.date.fromisoformat(value)
    raise ValueError("a day is written as 2027-01-31")


def _words(value: str) -> str:
    if len(value.split()) < FEWEST_WORDS:
        raise ValueError(f"say why in at least {FEWEST_WORDS} words")
    return value


_Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=1000)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: _Text
    reason: Annotated[_Text, AfterValidator(_words)]
    owner: _Text
    expires: Annotated[dt.date, BeforeValidator(_date)]


class _FileEntry(_Entry):
    where: _Text
    stacks: tuple[_Text, ...] = ()


def _checked(  # noqa: PLR0913, PLR0917 - a private step of two callers
    model: type[_Entry], entry: object, urn: str, file: str, line: int, today: dt.date
) -> Excuses:
    if not isinstance(entry, dict):
        return Excuses(faults=(Fault(file, line, urn, "it is no mapping with id, reason, owner, expires"),))
    try:
        read = model.model_validate(entry)
    except ValidationError as error:
        rows = "; ".join(f"{'.'.join(map(str, row['loc'])) or 'it'}: {row['msg']}" for row in error.errors())
        return Excuses(faults=(Fault(file, line, urn, rows),))
    if (read.expires - today).days > MOST_DAYS:
        what = f"expires: {read.expires} is more than {MOST_DAYS} days ahead"
        return Excuses(faults=(Fault(file, line, urn, what),))
    made = Suppression(
        id=read.id,
        where=read.where if isinstance(read, _FileEntry) else urn,
        reason=read.reason,
        owner=read.owner,
        expires=read.expires,
        stacks=read.stacks if isinstance(read, _FileEntry) else (),
        source=f"{file}:{line}" if file else urn,
    )
    return Excuses(suppressions=(made,))


def _twice(node: yaml.Node) -> str | None:
    """A key that a mapping holds twice: YAML forbids it, the parser takes the last."""
    keys = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    return next((key for place, key in enumerate(keys) if key in keys[:place]), None)


def _without_duplicates(read: Excuses) -> Excuses:
    """The first of those that excuse the same; each further one is a fault."""
    first: dict[tuple[str, str, str], Suppression] = {}
    faults = list(read.faults)
    kept = []
    for row in read.suppressions:
        keys = [(row.id, row.where, stack) for stack in row.stacks or ("",)]
        earlier = next((first[key] for key in (*keys, (row.id, row.where, "")) if key in first), None)
        if earlier is None:
            first.update(dict.fromkeys(keys, row))
            kept.append(row)
        else:
            file, line = position(row)
            what = f"{row.id} at {row.where} is excused already at {earlier.source}"
            faults.append(Fault(file, line, "" if file == FILE else row.where, what))
    return Excuses(tuple(kept), tuple(faults))


def _short(error: Exception) -> str:
    why = error.strerror or "" if isinstance(error, OSError) else str(error)
    return " ".join(why.split())[:200]
