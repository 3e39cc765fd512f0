"""Listings of one account, read once for a whole process and kept up by its own writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from providers.kit import Call

#: One thing as the API shows it, names and addresses unescaped.
Item: TypeAlias = Mapping[str, Any]

#: Seconds after a create without an answer in which it is looked for in a new listing rather than a remembered one.
DOUBT_SECONDS = 60.0

#: Seconds that a listing counts as new in that time.
FRESH_SECONDS = 1.0

#: Seconds that a listing is remembered otherwise: a process lives for one operation of the engine, which may wait long
#: for its user's yes.
KEPT_SECONDS = 300.0


@dataclass
class Listing:
    """Everything of one kind. Threads that ask at once share one reading of it.

    Attributes:
        load: reads all pages.
        clock: seconds.
    """

    load: Callable[[Call], dict[str, Item]]
    clock: Callable[[], float]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _begun: float | None = None
    _items: dict[str, Item] = field(default_factory=dict)
    _written: dict[str, Item | None] = field(default_factory=dict)
    _doubts: dict[Hashable, float] = field(default_factory=dict)

    def shown(self, call: Call, *, since: float) -> dict[str, Item]:
        """What the API lists, asked for no earlier than `since`."""
        with self._lock:
            if self._begun is None or self._begun < since:
                begun = self.clock()
                self._items = self.load(call)
                self._begun = begun
            return self._items

    def known(self, call: Call, key: Hashable = None) -> dict[str, Item]:
        """What there is: the listing, and over it what this process wrote, which the listing may not show yet.

        Args:
            call: whose time limit holds.
            key: the natural key that is looked for.
        """
        now = self.clock()
        age = FRESH_SECONDS if now < self._doubts.get(key, 0.0) else KEPT_SECONDS
        both = {**self.shown(call, since=now - age), **self._written}
        return {id_: item for id_, item in both.items() if item is not None}

    def wrote(self, id: str, item: Item | None) -> None:  # noqa: A002 - the API's own name
        """Remember a write of this process; None for one that is gone."""
        self._written[id] = item

    def doubt(self, key: Hashable) -> None:
        """A create of this key may have been carried out: for a while nothing remembered is good enough to find it."""
        self._doubts[key] = self.clock() + DOUBT_SECONDS
