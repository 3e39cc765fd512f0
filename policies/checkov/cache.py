"""Verdicts kept in the user's cache: the same content gives the same verdicts, so it is not judged twice.

An entry is the scanner's answer, which holds verdicts and no value of what was judged. It is named by what it was made
of: content, checkov's environment, our own code.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from toolchain import cache, files

if TYPE_CHECKING:
    from pathlib import Path

MOST_ENTRIES: Final = 200
MOST_BYTES: Final = 200 * 2**20
MOST_DAYS: Final = 30


def _folder() -> Path:
    return cache.root() / "checkov-verdicts"


def load(key: str) -> bytes | None:
    """The entry named ``key``; None when it is not there or cannot be read. Who reads it checks that it is whole."""
    path = _folder() / f"{key}.json"
    with suppress(OSError):
        content = path.read_bytes()
        path.touch()  # what is used is young
        return content
    return None


def store(key: str, content: bytes) -> None:
    """Keep an entry, and remove the oldest ones above the bounds.

    A cache that cannot be written to costs time, not a verdict: then nothing is kept.
    """
    with suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write(folder / f"{key}.json", content, mode=0o600)
        _trim(folder)


def _trim(folder: Path) -> None:
    """Remove what is too old, too much, or was left by a writer that was killed."""
    limit = time.time() - MOST_DAYS * 86_400
    entries = sorted(((path, path.stat()) for path in folder.iterdir()), key=lambda row: -row[1].st_mtime)
    total = 0
    for number, (path, stat) in enumerate(entries):
        total += stat.st_size
        if number >= MOST_ENTRIES or total > MOST_BYTES or stat.st_mtime < limit:
            path.unlink(missing_ok=True)
