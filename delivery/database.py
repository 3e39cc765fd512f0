"""The user's own database, looked at before anything starts.

Only its first bytes are read here, and never through SQLite: the first thing that opens it as a database is the
backup job, which never writes to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path

# The first 16 bytes of every SQLite database ("The Database Header", SQLite's file format document).
_MAGIC = b"SQLite format 3\x00"


def check(path: Path) -> Path:
    """Return the file's real path, or say why it cannot be backed up.

    Raises:
        Problem: no such file, a directory, an empty file, not readable, or not a SQLite database (exit code 10).
    """
    try:
        if not path.exists():
            raise _problem(path, "there is no such file", "name an existing file: make up DB=/path/to/your.db")
        if not path.is_file():
            raise _problem(path, "that is not a file", "name the database file itself, not its folder")
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise _problem(path, "the file cannot be read", "give yourself read permission on it") from error
    if not head:
        raise _problem(
            path, "the file is empty, so there is nothing to back up", "name the database that your product writes to"
        )
    if head != _MAGIC:
        raise _problem(path, "the file is not a SQLite database", "name a SQLite 3 database file")
    return path.resolve()


def _problem(path: Path, what: str, fix: str) -> Problem:
    return Problem(
        f"DB: {what}", where=str(path), allowed="a readable SQLite 3 database", fix=fix, exit_code=ExitCode.DATABASE
    )
