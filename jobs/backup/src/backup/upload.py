"""One object on its way into one bucket, part by part, while it is still being made."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from backup.failure import Code, Failure, NoObject, Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from backup.store import Store

MEBI = 1 << 20
SMALLEST_PART = 8 * MEBI
LARGEST_PART = 16 * MEBI
"""Keeps the parts in flight below 100 MiB for two stores."""

MOST_PARTS = 9_000  # S3 allows 10,000
IN_FLIGHT = 2  # R2 takes two or three parts of an upload at once


def part_size(size: int) -> int:
    """Choose the size of each part for a database of `size` bytes, in bytes; all but the last are equal, as R2 wants.

    Raises:
        Failure: ``USAGE`` above 140 GiB, where the parts would not fit the memory we promise to stay in.
    """
    wanted = -(-size // MOST_PARTS)
    rounded = max(SMALLEST_PART, -(-wanted // MEBI) * MEBI)
    if rounded > LARGEST_PART:
        limit = LARGEST_PART * MOST_PARTS
        raise Failure(Code.USAGE, f"The database has {size} bytes; captures are limited to {limit} bytes.")
    return rounded


def parts(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Cut `chunks` anew into parts of `size` bytes; the last may be smaller."""
    buffer = bytearray()
    for chunk in chunks:
        buffer += chunk
        while len(buffer) >= size:
            yield bytes(buffer[:size])
            del buffer[:size]
    if buffer:
        yield bytes(buffer)


class Upload:
    """An object that becomes visible whole at `finish`, or not at all.

    Args:
        store: the bucket.
        key: where the object will be.
    """

    def __init__(self, store: Store, key: str) -> None:
        self._store = store
        self._key = key
        self._id = ""
        self._held: bytes | None = None
        self._etags: list[Future[str]] = []
        self._waiting: deque[Future[str]] = deque()
        self._threads = ThreadPoolExecutor(IN_FLIGHT, thread_name_prefix="part")

    def add(self, part: bytes) -> None:
        """Send one part; waits while two are under way. The first is held back, as it may be the only one."""
        if self._held is None and not self._id:
            self._held = part
            return
        if not self._id:
            self._id = self._store.begin(self._key)
        if self._held is not None:
            first, self._held = self._held, None
            self._send(first)
        self._send(part)

    def finish(self) -> None:
        """Make the object visible.

        An answer may be lost after the store did the work: then the retry finds the object there or the upload gone.
        Neither is an error here, because the whole object is read back before it counts.
        """
        try:
            if not self._id:
                self._store.put(self._key, self._held or b"", new=True)
                return
            etags = [future.result() for future in self._etags]
            self._store.complete(self._key, self._id, etags)
            self._id = ""
        except (Taken, NoObject):
            self._id = ""
        finally:
            self._threads.shutdown()

    def abandon(self) -> None:
        """Stop, and leave nothing if the store lets us; what stays is no backup and a later run removes it."""
        self._threads.shutdown(cancel_futures=True)
        if self._id:
            try:
                self._store.abort(self._key, self._id)
            except Failure:
                return
            finally:
                self._id = ""

    def _send(self, part: bytes) -> None:
        """Queue one part, no more than `IN_FLIGHT` at a time."""
        while len(self._waiting) >= IN_FLIGHT:
            self._waiting.popleft().result()
        future = self._threads.submit(self._store.part, self._key, self._id, len(self._etags) + 1, part)
        self._etags.append(future)
        self._waiting.append(future)
