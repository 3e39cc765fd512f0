"""The live database: copied at one instant, left exactly as it was, and every bad one named."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import apsw
import pytest

from backup import source
from backup.facts import inspect
from backup.failure import Code, Failure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jobs.backup.tests.conftest import Running


def rows(path: Path) -> str:
    """Hash every row of every table, as another reader sees them."""
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        found = [connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("users", "notes")]  # noqa: S608 - our own names
    return hashlib.sha256(repr(found).encode()).hexdigest()


def listing(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give the content and owner of each file in `folder`."""
    return {path.name: (path.read_bytes(), path.stat().st_uid) for path in folder.iterdir()}


def refused(database: Path, into: Path, busy: float = 0.2) -> Failure:
    """Capture what cannot be captured, and give the failure."""
    with pytest.raises(Failure) as caught:
        source.snapshot(database, into, busy)
    return caught.value


def test_a_snapshot_holds_every_row(database: Path, tmp_path: Path) -> None:
    """A snapshot has the rows of the source, and is whole."""
    copy = tmp_path / "copy.db"
    size = source.snapshot(database, copy, 1)
    facts = inspect(copy)
    assert (size, facts.foreign_keys) == (copy.stat().st_size, 0)
    assert facts.tables == {"users": 10, "notes": 200}
    assert rows(database) == rows(copy)


def test_a_database_at_rest_gets_no_side_files(database: Path, tmp_path: Path) -> None:
    """A capture of a database that no one has open leaves its folder as it was, byte for byte."""
    before = listing(database.parent)
    source.snapshot(database, tmp_path / "copy.db", 1)
    assert before == listing(database.parent)


def test_an_open_database_keeps_its_bytes(running: Running, database: Path, tmp_path: Path) -> None:
    """A capture beside an open reader changes neither the main file nor the log, nor one row."""
    with running("hold.py", str(database), "SELECT count(*) FROM users"):
        before = listing(database.parent)
        source.snapshot(database, tmp_path / "copy.db", 1)
        after = listing(database.parent)
        assert rows(database) == rows(tmp_path / "copy.db")
    shared = f"{database.name}-shm"  # where locks are noted; not part of the data
    assert before.keys() == after.keys()
    assert {**before, shared: None} == {**after, shared: None}


def test_commits_in_the_log_are_captured(running: Running, database: Path, tmp_path: Path) -> None:
    """Rows that are in the write-ahead log only, of a writer that is alive, are in the snapshot; the log stays."""
    insert = (
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) INSERT INTO users(name) SELECT i FROM n"
    )
    with running("hold.py", str(database), insert):
        log = database.with_name(f"{database.name}-wal").read_bytes()
        source.snapshot(database, tmp_path / "copy.db", 1)
        assert log == database.with_name(f"{database.name}-wal").read_bytes()
    assert inspect(tmp_path / "copy.db").tables["users"] == 60


def test_a_dead_writers_log_is_captured_without_its_shm(running: Running, database: Path, tmp_path: Path) -> None:
    """After a writer was killed and the -shm is gone, its commits are still in the snapshot."""
    with running("hold.py", str(database), "INSERT INTO users(name) VALUES ('late')"):
        pass
    database.with_name(f"{database.name}-shm").unlink()
    main = database.read_bytes()
    source.snapshot(database, tmp_path / "copy.db", 1)
    assert inspect(tmp_path / "copy.db").tables["users"] == 11
    assert main == database.read_bytes()


def test_money_is_conserved_under_a_writer(
    running: Running, make_database: Callable[..., Path], tmp_path: Path
) -> None:
    """Ten snapshots beside a writer of about 100 commits a second each hold all the money, and commits go on."""
    database = make_database(rows=4000, width=2000)
    seen = []
    with running("pay.py", str(database)):
        for number in range(10):
            copy = tmp_path / f"copy{number}.db"
            source.snapshot(database, copy, 5)
            facts = inspect(copy)
            with closing(apsw.Connection(str(copy))) as connection:
                (money,) = connection.execute("SELECT sum(money) FROM accounts").fetchall()[0]
            assert money == 100_000
            seen.append(facts.tables["payments"])
    assert sorted(seen) == seen
    assert seen[0] < seen[-1]


def test_a_write_during_a_copy_at_rest_starts_it_over(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A writer that comes while a resting database is copied makes the copy start over, and is in it."""
    copy_once = source._copy  # noqa: SLF001 - the seam where another process may come in
    calls = []

    def disturbed(connection: apsw.Connection, into: Path, busy_seconds: float) -> None:
        copy_once(connection, into, busy_seconds)
        calls.append(into)
        if len(calls) == 1:
            script = f"import apsw; apsw.Connection({str(database)!r}).execute('DELETE FROM notes WHERE id < 100')"  # noqa: S608 - our own words
            subprocess.run([sys.executable, "-c", script], check=True)

    monkeypatch.setattr(source, "_copy", disturbed)
    source.snapshot(database, tmp_path / "copy.db", 1)
    assert len(calls) == 2
    assert inspect(tmp_path / "copy.db").tables["notes"] == 101


def test_a_rollback_mode_database_is_captured(database: Path, tmp_path: Path) -> None:
    """A database that is not in WAL mode is captured as well."""
    with closing(apsw.Connection(str(database))) as connection:
        connection.pragma("journal_mode", "delete")
    before = listing(database.parent)
    source.snapshot(database, tmp_path / "copy.db", 1)
    assert before == listing(database.parent)
    assert inspect(tmp_path / "copy.db").tables["notes"] == 200


def test_a_missing_database_is_named(tmp_path: Path) -> None:
    """A file that is not there is missing."""
    assert refused(tmp_path / "none.db", tmp_path / "copy.db").code is Code.SOURCE_MISSING


def test_a_missing_volume_is_named(tmp_path: Path) -> None:
    """When the folder is not there either, the fix asks about the volume."""
    failure = refused(tmp_path / "volume" / "none.db", tmp_path / "copy.db")
    assert failure.code is Code.SOURCE_MISSING
    assert "mounted" in failure.fix


def test_a_directory_is_no_database(tmp_path: Path) -> None:
    """A folder at the database's path is refused."""
    assert refused(tmp_path, tmp_path / "copy.db").code is Code.SOURCE_NOT_DATABASE


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    """A named pipe at the database's path is refused at once, not read."""
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe", tmp_path / "copy.db").code is Code.SOURCE_NOT_DATABASE


@pytest.mark.parametrize(
    "content", [b"hello, this is a text file that is no database at all\n" * 99, b"SQLite format 3"]
)
def test_other_files_are_no_databases(tmp_path: Path, content: bytes) -> None:
    """A file with another header is refused."""
    (tmp_path / "x.db").write_bytes(content)
    assert refused(tmp_path / "x.db", tmp_path / "copy.db").code is Code.SOURCE_NOT_DATABASE


@pytest.mark.parametrize("length", [20, 99, 100, 512, 4095, 4096, 9000])
def test_a_truncated_database_is_not_captured(database: Path, tmp_path: Path, length: int) -> None:
    """A database that was cut short is refused, or its snapshot fails the check."""
    whole = database.read_bytes()
    database.write_bytes(whole[:length])
    found: Code | None = None
    try:
        source.snapshot(database, tmp_path / "copy.db", 1)
        inspect(tmp_path / "copy.db")
    except Failure as failure:
        found = failure.code
    assert found in {Code.SOURCE_CORRUPT, Code.SOURCE_NOT_DATABASE}


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    """Zero bytes, which SQLite itself takes for a good database, are refused."""
    (tmp_path / "x.db").touch()
    assert refused(tmp_path / "x.db", tmp_path / "copy.db").code is Code.SOURCE_EMPTY


def test_a_database_without_tables_is_empty(tmp_path: Path) -> None:
    """A database with no tables is refused: as the newest point it would stand for real ones."""
    with closing(apsw.Connection(str(tmp_path / "x.db"))) as connection:
        connection.execute("CREATE TABLE t(a)")
        connection.execute("DROP TABLE t")
    assert refused(tmp_path / "x.db", tmp_path / "copy.db").code is Code.SOURCE_EMPTY


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_a_locked_database_is_waited_for_and_named(running: Running, database: Path, tmp_path: Path, mode: str) -> None:
    """A database that one process holds for itself is given up on after the time allowed."""
    with running(
        "hold.py", str(database), f"PRAGMA journal_mode={mode}", "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE",
        "INSERT INTO users(name) VALUES('x')",
    ):  # fmt: skip
        failure = refused(database, tmp_path / "copy.db", busy=0.3)
    assert failure.code is Code.SOURCE_LOCKED


def test_foreign_keys_that_point_nowhere_are_counted(database: Path) -> None:
    """Broken foreign keys are the application's data: they are counted, not refused."""
    with closing(apsw.Connection(str(database))) as connection:
        connection.execute("DELETE FROM users WHERE id = 3")
    assert inspect(database).foreign_keys == 20
