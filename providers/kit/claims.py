"""Whose each live thing is in this process: no thing is managed twice, and no natural key is made twice at once."""

from __future__ import annotations

import threading
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from providers.kit.handler import ProviderError

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator


class Claims:
    """Ids by the URN of the resource that holds them, as far as this process has heard of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders: dict[str, str] = {}
        self._adopted: set[str] = set()
        self._turns: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)

    def hold(self, id: str, urn: str) -> None:  # noqa: A002 - the engine's own word
        """Say that the thing is this resource's.

        Raises:
            ProviderError: it is another's.
        """
        with self._lock:
            self._refuse_another(id, urn)
            self._holders[id] = urn

    def adopt(self, id: str, urn: str) -> None:  # noqa: A002 - as above
        """Say that a create of this resource took what was there.

        Raises:
            ProviderError: it is another's.
        """
        self.hold(id, urn)
        with self._lock:
            self._adopted.add(id)

    def kept_by(self, id: str, urn: str) -> str:  # noqa: A002 - as above
        """Who keeps the thing from being deleted as this resource; empty where nobody does.

        That is another resource that holds it, or this one where its create adopted it: what is deleted then is its
        own predecessor, as ``pulumi up --replace`` does, which asks for no diff and so tells nobody of the old one.
        """
        with self._lock:
            holder = self._holders.get(id, urn)
            return holder if holder != urn or id in self._adopted else ""

    def free(self, id: str, urn: str) -> None:  # noqa: A002 - as above
        """See that the thing may be this resource's.

        Raises:
            ProviderError: it is another's.
        """
        with self._lock:
            self._refuse_another(id, urn)

    def holder(self, id: str) -> str | None:  # noqa: A002 - as above
        """The URN of the resource that holds the thing; None where none is known."""
        with self._lock:
            return self._holders.get(id)

    def release(self, id: str) -> None:  # noqa: A002 - as above
        """Say that the thing is gone."""
        with self._lock:
            self._holders.pop(id, None)
            self._adopted.discard(id)

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[None]:
        """One at a time for each natural key."""
        with self._lock:
            mine = self._turns[key]
        with mine:
            yield

    def _refuse_another(self, id: str, urn: str) -> None:  # noqa: A002 - as above
        if (holder := self._holders.get(id, urn)) != urn:
            raise ProviderError(
                f"{id} is {holder} already: two resources of one program have the same natural key\n"
                "  fix: remove one of them, or give it another"
            )
