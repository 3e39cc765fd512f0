"""The state of a fake: one JSON document, on disk before anybody hears of a change."""

from __future__ import annotations

import json
import logging
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolchain import files

if TYPE_CHECKING:
    from pathlib import Path

#: What a fake holds: JSON objects, lists, strings, numbers.
Document = dict[str, Any]

#: How far back `Store.at` reaches, seconds.
HISTORY_SECONDS = 30.0
#: What it remembers for that, bytes at most: many writes of a large state reach less far back.
HISTORY_BYTES = 16 * 1024**2
_log = logging.getLogger(__name__)


@dataclass
class Store:
    """One document and how it was in the last half minute, as far as `HISTORY_BYTES` reach.

    Attributes:
        path: the file, mode 0600; None keeps the document in memory alone.
        document: how it is now. Change it, then `save`; after a failure half way, `revert`.
    """

    path: Path | None
    document: Document
    _saved: bytes = b""
    _past: deque[tuple[float, bytes]] = field(default_factory=deque)

    @classmethod
    def open(cls, path: Path | None, initial: Document) -> Store:
        """What the file holds, else the initial document; keys that an older file lacks are added.

        A file that cannot be read is put aside, and the fake begins anew: `make up` declares everything again.

        Raises:
            OSError: the file is there and cannot be read or moved.
        """
        document = dict(initial)
        if path is not None:
            # A process that was killed while it wrote has left its temporary file.
            for left in path.parent.glob(f".{path.name}.*"):
                left.unlink(missing_ok=True)
        if path is not None and path.exists():
            try:
                document |= json.loads(path.read_bytes())
            except (ValueError, TypeError) as error:
                aside = path.with_suffix(".unreadable")
                path.rename(aside)
                _log.warning("the state cannot be read and begins anew: %s; it is kept as %s", error, aside)
        return cls(path, document, _dump(document))

    def save(self, now: float) -> None:
        """Put the document on disk if it has changed.

        Raises:
            OSError: it cannot be written; the document is as it was before.
        """
        content = _dump(self.document)
        if content == self._saved:
            return
        if self.path is not None:
            try:
                files.write(self.path, content)
            except OSError:
                self.revert()
                raise
        self._past.append((now, self._saved))
        self._forget(now)
        self._saved = content

    def replace(self, document: Document, now: float) -> None:
        """Put another document in place of this one.

        Raises:
            OSError: it cannot be written.
        """
        self.document = document
        self.save(now)

    def revert(self) -> None:
        """Back to what was saved last."""
        self.document = json.loads(self._saved)

    def at(self, moment: float) -> Document:
        """The document as it was then, or as early as it is remembered; a copy."""
        # Each entry is what was there until its time.
        for until, content in self._past:
            if moment < until:
                return dict(json.loads(content))
        return dict(json.loads(self._saved))

    @property
    def remembered(self) -> int:
        """Bytes that the past takes."""
        return sum(len(content) for _, content in self._past)

    def _forget(self, now: float) -> None:
        left = self.remembered
        while self._past and (self._past[0][0] < now - HISTORY_SECONDS or left > HISTORY_BYTES):
            left -= len(self._past.popleft()[1])


def _dump(document: Document) -> bytes:
    return json.dumps(document, separators=(",", ":")).encode()
