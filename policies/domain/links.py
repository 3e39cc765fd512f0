"""Which resource belongs to which: one that sets up another names it, or is computed from it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policies.facts import look

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.facts import Facts


class Links:
    """The parts that belong to each of some resources.

    Two unknown names are not the same name: what was not seen to belong to a resource does not.
    """

    def __init__(self, parts: Iterable[Facts], key: str, names: tuple[str, ...]) -> None:
        """Look at each part once.

        Args:
            parts: resources that set up others.
            key: property of a part that says whose it is.
            names: properties of the other that a part may give there; outputs count, as ``id``.
        """
        self._names = names
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        for part in parts:
            for owner in part.depends.get(key, ()):
                self._parts[owner].add(part.urn)
            named = look(part.props, key)
            if isinstance(named, str):
                self._parts[named].add(part.urn)

    def count(self, owner: Facts) -> int:
        """How many parts belong to a resource."""
        names = (look(owner.props, name) for name in self._names)
        labels = {owner.urn, *(name for name in names if isinstance(name, str))}
        return len(set().union(*(self._parts[label] for label in labels if label in self._parts)))
