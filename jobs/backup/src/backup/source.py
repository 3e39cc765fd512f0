"""The live database: read as SQLite allows, never written, not even a side file where none was."""

from __future__ import annotations

import os
import stat
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from backup.facts import at_rest, uri
from backup.failure import Code, Failure

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"SQLite format 3\x00"
WAL_FORMAT = 2  # byte 18 of the header
PAUSE = 0.05  # seconds between two tries at a lock
TRIES_AT_REST = 3

_BY_ERROR: tuple[tuple[type[apsw.Error], Code, str], ...] = (
    (apsw.BusyError, Code.SOURCE_LOCKED, "The database stayed locked for as long as we may wait"),
    (apsw.LockedError, Code.SOURCE_LOCKED, "The database stayed locked for as long as we may wait"),
    (apsw.NotADBError, Code.SOURCE_NOT_DATABASE, "The file is not a SQLite database, or it is encrypted"),
    (apsw.CorruptError, Code.SOURCE_CORRUPT, "The database is corrupt"),
    (apsw.FullError, Code.DISK, "No space left for the snapshot"),
    (apsw.CantOpenError, Code.SOURCE_UNREADABLE, "SQLite cannot open the database"),
    (
        apsw.ReadOnlyError,
        Code.SOURCE_UNREADABLE,
        "A writer that died left a journal; open the database once to heal it",
    ),
    (apsw.PermissionsError, Code.SOURCE_UNREADABLE, "SQLite may not read the database"),
)
_WRITE_ERRORS = frozenset(
    {apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_IOERR_FSYNC, apsw.SQLITE_IOERR_TRUNCATE, apsw.SQLITE_IOERR_DIR_FSYNC}
)


@dataclass(frozen=True)
class Sighting:
    """What the file system says of a database before it is opened.

    Attributes:
        size: bytes that a snapshot may need: the file and its write-ahead log.
        at_rest: it is in WAL mode and has no side files, so no one has it open.
    """

    size: int
    at_rest: bool


def examine(database: Path) -> Sighting:
    """Look at the file without SQLite, to name what is wrong with it in plain words.

    Raises:
        Failure: ``SOURCE_MISSING``, ``SOURCE_NOT_DATABASE``, ``SOURCE_EMPTY`` or ``SOURCE_UNREADABLE``.
    """
    where = str(database)
    try:
        found = database.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Failure(Code.SOURCE_NOT_DATABASE, "The database's path is a directory.", where=where)
        if not stat.S_ISREG(found.st_mode):
            raise Failure(Code.SOURCE_NOT_DATABASE, "The database's path is not a regular file.", where=where)
        if found.st_size == 0:
            raise Failure(Code.SOURCE_EMPTY, "The database is empty: 0 bytes.", where=where)
        with database.open("rb") as file:
            header = file.read(20)
    except FileNotFoundError:
        fix = "" if database.parent.is_dir() else f"The folder {database.parent} is missing too: is the volume mounted?"
        raise Failure(Code.SOURCE_MISSING, "The database does not exist.", where=where, fix=fix) from None
    except OSError as error:
        code = Code.SOURCE_MISSING if isinstance(error, NotADirectoryError) else Code.SOURCE_UNREADABLE
        raise Failure(code, f"The database cannot be read: {error.strerror}.", where=where) from None
    if not header.startswith(MAGIC):
        raise Failure(Code.SOURCE_NOT_DATABASE, "The file is not a SQLite database, or it is encrypted.", where=where)
    log = _beside(database, "-wal")
    resting = header[18] == WAL_FORMAT and not log.exists() and not _beside(database, "-shm").exists()
    return Sighting(found.st_size + (log.stat().st_size if log.exists() else 0), resting)


def snapshot(database: Path, into: Path, busy_seconds: float) -> int:
    """Copy the database as it is at one instant to `into`, by SQLite's backup API in one step.

    One step (`pages=-1`): in several, each commit of another connection starts the copy over, and under a steady
    writer it never ends (measured: 5,234 restarts in 60 s at 100 commits/s). Writers in WAL mode go on meanwhile.

    A reader of a WAL database makes its side files and leaves them, owned by itself, which can shut the application
    out. So a database at rest is opened as immutable, and the copy is taken again if anything moved meanwhile.

    Args:
        database: the source; opened read-only, with ``query_only`` set and no checkpoint at close.
        into: a file that does not exist yet.
        busy_seconds: how long to wait for a lock.

    Returns:
        The size of the snapshot in bytes.

    Raises:
        Failure: one of the ``SOURCE_*`` codes, or ``DISK``.
    """
    try:
        for _ in range(TRIES_AT_REST):
            if not examine(database).at_rest:
                break
            before = _footprint(database)
            _copy(at_rest(database), into, busy_seconds)
            if _footprint(database) == before and examine(database).at_rest:
                return _finish(into, database)
            into.unlink()
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        _copy(apsw.Connection(uri(database, immutable=False), flags=flags), into, busy_seconds)
        return _finish(into, database)
    except apsw.Error as error:
        raise translate(error, database) from None


def translate(error: apsw.Error, database: Path) -> Failure:
    """Turn an error of SQLite into the failure that it means for a capture."""
    if isinstance(error, apsw.IOError):
        if getattr(error, "extendedresult", 0) in _WRITE_ERRORS:
            return Failure(Code.DISK, f"The snapshot cannot be written: {error}.", where=str(database))
        return Failure(Code.SOURCE_UNREADABLE, f"The database cannot be read: {error}.", where=str(database))
    for kind, code, message in _BY_ERROR:
        if isinstance(error, kind):
            return Failure(code, f"{message} ({error}).", where=str(database))
    return Failure(Code.SOURCE_CORRUPT, f"SQLite cannot read the database: {error}.", where=str(database))


def _copy(source: apsw.Connection, into: Path, busy_seconds: float) -> None:
    """Run the backup API from `source`, which it closes, to the new file `into`."""
    target = apsw.Connection(str(into))
    try:
        source.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        source.set_busy_timeout(int(busy_seconds * 1000))
        source.pragma("query_only", True)  # noqa: FBT003 - the pragma's value
        target.pragma("synchronous", "OFF")  # a snapshot lives as long as its run
        target.pragma("journal_mode", "OFF")
        target.pragma("locking_mode", "EXCLUSIVE")
        deadline = time.monotonic() + busy_seconds
        with target.backup("main", source, "main") as copy:
            while not copy.done:
                try:
                    copy.step(-1)
                except (apsw.BusyError, apsw.LockedError):
                    if time.monotonic() >= deadline:
                        raise
                    time.sleep(PAUSE)
    finally:
        target.close()
        source.close()


def _finish(into: Path, database: Path) -> int:
    """Refuse a snapshot that holds nothing, which would push real points out; else give its size."""
    with closing(at_rest(into)) as copy:
        tables = copy.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").get
    if tables == 0:
        raise Failure(Code.SOURCE_EMPTY, "The database is empty: it has no tables.", where=str(database))
    return into.stat().st_size


def _footprint(database: Path) -> tuple[int, ...]:
    """Give what changes when anyone writes to the database or makes a side file."""
    file, folder = database.stat(), os.stat(database.parent)  # noqa: PTH116 - one call, for its nanoseconds
    return (file.st_ino, file.st_size, file.st_mtime_ns, file.st_ctime_ns, folder.st_mtime_ns)


def _beside(database: Path, suffix: str) -> Path:
    """Name a side file of the database."""
    return database.with_name(database.name + suffix)
