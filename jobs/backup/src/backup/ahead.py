"""Runs an iterator in a thread of its own, a few items ahead of whoever reads it."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

Item = TypeVar("Item")

DEPTH = 4


class _End:
    """What a finished iterator gives."""


END = _End()


def ahead(source: Iterator[Item], depth: int = DEPTH) -> Generator[Item]:
    """Yield what `source` yields, computed up to `depth` items ahead in another thread.

    Reading, hashing and decoding let go of the interpreter lock, so that a chain of these uses more than one core,
    with no more than `depth` items of memory in each link. An error in `source` is raised here, at its place.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as thread:
        waiting = deque(thread.submit(next, source, END) for _ in range(depth))
        try:
            while not isinstance(item := waiting.popleft().result(), _End):
                waiting.append(thread.submit(next, source, END))
                yield item
        finally:
            for future in waiting:
                future.cancel()
            if close := getattr(source, "close", None):
                thread.submit(close).result()
