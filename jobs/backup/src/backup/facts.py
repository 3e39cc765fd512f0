"""What can be said about a database file at rest: its structure's health, its rows, its schema."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from backup.failure import Code, Failure

if TYPE_CHECKING:
    from pathlib import Path

FLOOR = (3, 51, 3)
"""Versions from 3.7.0 to 3.51.2 may corrupt a WAL database when the log is reset (sqlite.org, howtocorrupt 8.1)."""

SCHEMA = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY 1, 2, 3"
TABLES = (
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')"
    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
)


@dataclass(frozen=True)
class Facts:
    """What `inspect` found.

    Attributes:
        page_size: bytes.
        encoding: of its text, such as ``UTF-8``.
        user_version: the application's own number in the header.
        application_id: the other one.
        schema_sha256: over the type, name, table and SQL of every object, in order.
        tables: rows by table; the inside tables of virtual ones included, SQLite's own left out.
        foreign_keys: rows that point nowhere; None when the schema's keys cannot be checked at all.
    """

    page_size: int
    encoding: str
    user_version: int
    application_id: int
    schema_sha256: str
    tables: dict[str, int]
    foreign_keys: int | None


def assert_floor(version: str | None = None) -> None:
    """Refuse to touch a WAL database with a SQLite that may corrupt it.

    Raises:
        Failure: ``VERSION_FLOOR``, naming both versions.
    """
    found = version or apsw.sqlite_lib_version()
    if tuple(int(part) for part in found.split(".")) < FLOOR:
        floor = ".".join(str(part) for part in FLOOR)
        raise Failure(
            Code.VERSION_FLOOR,
            f"SQLite {found} may corrupt WAL databases; {floor} is the first without that fault.",
            fix="Build the image with a newer apsw.",
        )


def at_rest(path: Path) -> apsw.Connection:
    """Open a file that no one writes to: no locks, no side files beside it."""
    return apsw.Connection(uri(path, immutable=True), flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


def uri(path: Path, *, immutable: bool) -> str:
    """Write `path` as SQLite's URI."""
    return path.resolve().as_uri() + ("?immutable=1" if immutable else "")


def inspect(path: Path) -> Facts:
    """Check the whole of the database at `path` and count its rows.

    ``integrity_check`` is the structure's health only (5.7 % of single bit flips in a test); the content's is
    SHA-256, held beside it.

    Raises:
        Failure: ``SOURCE_CORRUPT`` when ``integrity_check`` reports anything, or SQLite cannot even read it.
    """
    try:
        with (
            closing(at_rest(path)) as checked,
            closing(at_rest(path)) as counted,
            ThreadPoolExecutor(1, thread_name_prefix="count") as side,
        ):
            facts = side.submit(_facts, counted)
            try:
                _assert_whole(checked)  # its answer comes first, so that a damaged file is named by it
            except BaseException:
                counted.interrupt()
                raise
            return facts.result()
    except apsw.Error as error:
        raise Failure(Code.SOURCE_CORRUPT, f"The database is corrupt; SQLite cannot read it: {error}.") from None


def _assert_whole(connection: apsw.Connection) -> None:
    """Run the whole check."""
    problem = str(connection.execute("PRAGMA integrity_check(1)").get)
    if problem != "ok":
        said = " ".join(problem.split())
        raise Failure(Code.SOURCE_CORRUPT, f"The database is corrupt; integrity_check says: {said}.")


def _facts(connection: apsw.Connection) -> Facts:
    """Ask everything else: beside the check, on a core of its own."""
    names = [str(name) for (name,) in connection.execute(TABLES)]
    schema = json.dumps(connection.execute(SCHEMA).fetchall(), ensure_ascii=True, separators=(",", ":"))
    return Facts(
        page_size=int(connection.pragma("page_size")),
        encoding=str(connection.pragma("encoding")),
        user_version=int(connection.pragma("user_version")),
        application_id=int(connection.pragma("application_id")),
        schema_sha256=hashlib.sha256(schema.encode()).hexdigest(),
        tables={name: _count(connection, name) for name in names},
        foreign_keys=_foreign_keys(connection),
    )


def _count(connection: apsw.Connection, table: str) -> int:
    """Count the rows of one table."""
    quoted = table.replace('"', '""')
    query = f'SELECT count(*) FROM main."{quoted}"'  # noqa: S608 - quoted above; a name cannot be bound
    return int(connection.execute(query).get)


def _foreign_keys(connection: apsw.Connection) -> int | None:
    """Count rows whose parent is missing; an application's data, not damage: most run with the check off."""
    try:
        return int(connection.execute("SELECT count(*) FROM pragma_foreign_key_check").get)
    except apsw.SQLError:
        return None  # "foreign key mismatch": the schema names a parent that is not unique
