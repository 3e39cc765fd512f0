"""The sample database: always the same, and checkable in every snapshot."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sandbox import sample
from sandbox.sample import Size

if TYPE_CHECKING:
    from pathlib import Path

_SMALL = Size(users=10, stories=20, chapters=3, words=12)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A small sample."""
    path = tmp_path / "amoisekai.db"
    sample.make(path, _SMALL)
    return path


def _value(database: Path, query: str) -> object:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchone()[0]


def test_the_sample_is_the_same_each_time(database: Path, tmp_path: Path) -> None:
    """Two samples are equal byte for byte."""
    again = tmp_path / "again.db"
    sample.make(again, _SMALL)

    assert database.read_bytes() == again.read_bytes()


def test_the_sample_is_in_wal_mode(database: Path) -> None:
    """The mode that the products run in, and that a plain file copy tears."""
    assert _value(database, "PRAGMA journal_mode") == "wal"


def test_nothing_but_the_database_is_left(database: Path) -> None:
    """It was made aside and put in its place whole."""
    assert [database] == list(database.parent.iterdir())


def test_a_database_that_is_there_stays(database: Path) -> None:
    """The next run finds the rows of the last one."""
    sample.write(database, 10.0, stop=_after(5))
    before = _value(database, "SELECT count(*) FROM transfers")

    sample.make(database, _SMALL)

    assert before == _value(database, "SELECT count(*) FROM transfers")


def test_each_transaction_is_counted(database: Path) -> None:
    """What the writer tells is what the database holds."""
    written = sample.write(database, 10.0, per_second=1e6, stop=_after(25))

    assert written.transactions == _value(database, "SELECT count(*) FROM transfers")


def test_a_snapshot_taken_while_someone_writes_fits_together(database: Path, tmp_path: Path) -> None:
    """SQLite's own backup of a database in use breaks none of the rules."""
    stop = threading.Event()
    writer = threading.Thread(target=sample.write, args=(database, 10.0, 1e6, stop))
    writer.start()
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target, pages=5)
    stop.set()
    writer.join()

    assert sample.problems(copy) == []


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE users SET credits = credits + 1 WHERE id = 1", "a transfer created or lost credits"),
        ("UPDATE counters SET value = value + 1", "the counter of transfers differs from their rows"),
        ("DELETE FROM chapters WHERE id = 1", "a story's number of chapters differs from its chapters"),
        ("UPDATE stories SET user_id = 9999 WHERE id = 1", "a foreign key leads nowhere"),
    ],
)
def test_each_rule_finds_its_damage(database: Path, damage: str, found: str) -> None:
    """A snapshot that is not one is known by what does not fit."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(damage)
        connection.commit()

    assert [found] == sample.problems(database)


def test_a_missing_file_is_an_error_and_stays_missing(tmp_path: Path) -> None:
    """Checking or writing makes no empty database."""
    with pytest.raises(sqlite3.OperationalError):
        sample.problems(tmp_path / "missing.db")

    assert list(tmp_path.iterdir()) == []


def test_the_command_line_tells_a_damaged_copy_by_its_exit_code(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``check`` ends with 0 for a whole database and with 1 for a damaged one."""
    whole = sample.main(["check", "--database", str(database)])
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("DELETE FROM chapters WHERE id = 1")
        connection.commit()
    damaged = sample.main(["check", "--database", str(database)])

    assert (0, 1, 2) == (whole, damaged, len(capsys.readouterr().out.splitlines()))


class _Counted(threading.Event):
    """Set once it has been asked so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._left = times

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


def _after(times: int) -> threading.Event:
    return _Counted(times)
