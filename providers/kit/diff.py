"""What changed between two sets of properties, by path.

Rules: a property that is None is the same as one that is absent; a bool is never equal to a number; lists are
compared index by index; a value that is not known yet is a change against any that is known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from providers.kit.paths import Path, Pattern, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from providers.kit.values import Value


class Kind(StrEnum):
    """How one property changed."""

    ADD = "add"
    DELETE = "delete"
    UPDATE = "update"


@dataclass(frozen=True)
class Change:
    """One changed property.

    Attributes:
        path: where it stands.
        kind: whether it was added, deleted or updated.
        replaces: whether the change needs a new resource.
        of_inputs: True when old inputs were compared with new ones, False when the old state was.
    """

    path: Path
    kind: Kind
    replaces: bool = False
    of_inputs: bool = True


@dataclass(frozen=True)
class Diff:
    """The answer to "what would an update change".

    Attributes:
        changes: every changed property; empty when the resource is as it should be.
        delete_before_replace: the old resource must go before the new one can be.
        stables: top-level outputs that an update never changes.
    """

    changes: tuple[Change, ...] = ()
    delete_before_replace: bool = False
    stables: tuple[str, ...] = ()

    @property
    def replaces(self) -> bool:
        """Whether any change needs a new resource."""
        return any(change.replaces for change in self.changes)


def compare(old: Mapping[str, Value], new: Mapping[str, Value]) -> tuple[Change, ...]:
    """Every change that leads from the old properties to the new ones, at the deepest path that tells it."""
    return tuple(_mappings(old, new, ()))


def differ(
    old: Mapping[str, Value],
    new: Mapping[str, Value],
    *,
    replace_on: Iterable[Pattern] = (),
    ignore: Iterable[Pattern] = (),
    delete_before_replace: bool = False,
) -> Diff:
    """`compare`, with changes at or below a pattern of `replace_on` marked, and those of `ignore` left out.

    A change above a pattern (the whole object went away) replaces too.
    """
    needs, skips = tuple(replace_on), tuple(ignore)
    changes = tuple(
        replace(change, replaces=any(_touches(change.path, pattern) for pattern in needs))
        for change in compare(old, new)
        if not any(matches(change.path, pattern) for pattern in skips)
    )
    return Diff(changes, delete_before_replace=delete_before_replace)


def same(old: Value, new: Value) -> bool:
    """Whether two values are equal by the rules above."""
    return next(_values(old, new, ()), None) is None


def _touches(path: Path, pattern: Pattern) -> bool:
    return matches(path, pattern) or matches(path, pattern[: len(path)])


def _mappings(old: Mapping[str, Value], new: Mapping[str, Value], path: Path) -> Iterator[Change]:
    for key in [*old, *(key for key in new if key not in old)]:
        before, after = old.get(key), new.get(key)
        if before is None and after is None:
            continue
        if before is None:
            yield Change((*path, key), Kind.ADD)
        elif after is None:
            yield Change((*path, key), Kind.DELETE)
        else:
            yield from _values(before, after, (*path, key))


def _values(old: Value, new: Value, path: Path) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _mappings(old, new, path)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _lists(old, new, path)
    elif isinstance(old, bool) != isinstance(new, bool) or old != new:
        yield Change(path, Kind.UPDATE)


def _lists(old: list[Value], new: list[Value], path: Path) -> Iterator[Change]:
    both = min(len(old), len(new))
    for index in range(both):
        yield from _values(old[index], new[index], (*path, index))
    yield from (Change((*path, index), Kind.DELETE) for index in range(both, len(old)))
    yield from (Change((*path, index), Kind.ADD) for index in range(both, len(new)))
