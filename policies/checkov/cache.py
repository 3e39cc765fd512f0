"""Verdicts kept in the user's cache: the same content gives the same verdicts, so it is not judged twice.

An entry is the scanner's answer, which holds verdicts and no value of what was judged. It is named by what it was made
of: content, checkov's environment, our own code.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from toolchain import cache, files

if TYPE_CHECKING:
    from pathlib import Path

_Entry = TypeVar("_Entry", bound=msgspec.Struct)

MOST_ENTRIES: Final = 200
MOST_BYTES: Final = 200 * 2**20
MOST_DAYS: Final = 30


def _folder() -> Path:
    return cache.root() / "checkov-verdicts"


def load(key: str, kind: type[_Entry]) -> _Entry | None:
    """The entry named ``key``; None when it is not there, cannot be read or is damaged."""
    path = _folder() / f"{key}.json"
    with suppress(OSError, msgspec.DecodeError):
        entry = msgspec.json.decode(path.read_bytes(), type=kind)
        path.touch()  # what is used is young
        return entry
    return None


def store(key: str, entry: msgspec.Struct) -> None:
    """Keep an entry, and remove the oldest ones above the bounds.

    A cache that cannot be written to costs time, not a verdict: then nothing is kept.
    """
    with suppress(OSError):
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write(folder / f"{key}.json", msgspec.json.encode(entry), mode=0o600)
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
