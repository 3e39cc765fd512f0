"""What changed between two sets of properties, by path.

Rules: a property that is None is the same as one that is absent; a bool is never equal to a number; lists are
compared index by index, but for those whose order means nothing; a value that is not known yet is a change against
any that is known.
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


def compare(
    old: Mapping[str, Value], new: Mapping[str, Value], *, unordered: Iterable[Pattern] = ()
) -> tuple[Change, ...]:
    """Every change that leads from the old properties to the new ones, at the deepest path that tells it.

    Lists at a path of `unordered` are compared as sets with repetitions: an entry is there or it is not.
    """
    return tuple(_Comparison(tuple(unordered)).mappings(old, new, ()))


def differ(  # noqa: PLR0913 - one argument for each rule
    old: Mapping[str, Value],
    new: Mapping[str, Value],
    *,
    replace_on: Iterable[Pattern] = (),
    ignore: Iterable[Pattern] = (),
    unordered: Iterable[Pattern] = (),
    delete_before_replace: bool = False,
) -> Diff:
    """`compare`, with changes at or below a pattern of `replace_on` marked, and those of `ignore` left out.

    A change above a pattern (the whole object went away) replaces too.
    """
    needs, skips = tuple(replace_on), tuple(ignore)
    changes = tuple(
        replace(change, replaces=any(_touches(change.path, pattern) for pattern in needs))
        for change in compare(old, new, unordered=unordered)
        if not any(matches(change.path, pattern) for pattern in skips)
    )
    return Diff(changes, delete_before_replace=delete_before_replace)


def same(old: Value, new: Value) -> bool:
    """Whether two values are equal by the rules above."""
    return next(_Comparison(()).values(old, new, ()), None) is None


def _touches(path: Path, pattern: Pattern) -> bool:
    return matches(path, pattern) or matches(path, pattern[: len(path)])


@dataclass(frozen=True)
class _Comparison:
    """One walk through two values.

    Attributes:
        unordered: where lists have no order.
    """

    unordered: tuple[Pattern, ...]

    def mappings(self, old: Mapping[str, Value], new: Mapping[str, Value], path: Path) -> Iterator[Change]:
        for key in [*old, *(key for key in new if key not in old)]:
            before, after = old.get(key), new.get(key)
            if before is None and after is None:
                continue
            if before is None:
                yield Change((*path, key), Kind.ADD)
            elif after is None:
                yield Change((*path, key), Kind.DELETE)
            else:
                yield from self.values(before, after, (*path, key))

    def values(self, old: Value, new: Value, path: Path) -> Iterator[Change]:
        if isinstance(old, dict) and isinstance(new, dict):
            yield from self.mappings(old, new, path)
        elif isinstance(old, list) and isinstance(new, list):
            sets = any(len(path) == len(pattern) and matches(path, pattern) for pattern in self.unordered)
            yield from self._sets(old, new, path) if sets else self._lists(old, new, path)
        elif isinstance(old, bool) != isinstance(new, bool) or old != new:
            yield Change(path, Kind.UPDATE)

    def _lists(self, old: list[Value], new: list[Value], path: Path) -> Iterator[Change]:
        both = min(len(old), len(new))
        for index in range(both):
            yield from self.values(old[index], new[index], (*path, index))
        yield from (Change((*path, index), Kind.DELETE) for index in range(both, len(old)))
        yield from (Change((*path, index), Kind.ADD) for index in range(both, len(new)))

    def _sets(self, old: list[Value], new: list[Value], path: Path) -> Iterator[Change]:
        added = list(range(len(new)))
        gone: list[int] = []
        for index, value in enumerate(old):
            partner = next((place for place in added if self._same(value, new[place], (*path, index))), None)
            if partner is None:
                gone.append(index)
            else:
                added.remove(partner)
        for index in sorted({*gone, *added}):
            kind = Kind.UPDATE if index in gone and index in added else Kind.DELETE if index in gone else Kind.ADD
            yield Change((*path, index), kind)

    def _same(self, old: Value, new: Value, path: Path) -> bool:
        return next(self.values(old, new, path), None) is None
