"""Restore: never over a live database, never half, the old one kept whole."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING

import apsw
import pytest

from backup import source
from backup.capture import capture
from backup.facts import inspect
from backup.failure import Code, Failure
from backup.restore import restore
from backup.stage import Stage
from backup.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from backup.capture import Job
    from jobs.backup.tests.conftest import Bucket, Command, Running

pytestmark = pytest.mark.e2e


@pytest.fixture
def captured(make_job: Callable[..., Job], bucket: Bucket) -> Bucket:
    """Give a bucket with one point: 10 users, 200 notes."""
    capture(make_job())
    return bucket


def put_back(bucket: Bucket, to: Path, *, force: bool = False) -> Path | None:
    """Restore the newest point to `to`."""
    vault = bucket.vault()
    return restore(vault, vault.find(None), to, force=force).kept


def users(path: Path) -> int:
    """Count users, as the application would."""
    with closing(apsw.Connection(str(path))) as connection:
        return int(connection.execute("SELECT count(*) FROM users").get)


def refused(bucket: Bucket, to: Path, *, force: bool = False) -> Failure:
    """Restore where it may not be, and give the failure."""
    with pytest.raises(Failure) as caught:
        put_back(bucket, to, force=force)
    return caught.value


def test_a_restored_file_is_the_database(captured: Bucket, database: Path, tmp_path: Path) -> None:
    """A restore to a new path gives the database, private to its owner, with nothing else beside it."""
    to = tmp_path / "new" / "back.db"
    to.parent.mkdir()
    assert put_back(captured, to) is None
    assert inspect(to) == inspect(database)
    assert [path.name for path in to.parent.iterdir()] == ["back.db"]
    assert to.stat().st_mode & 0o777 == 0o600


def test_rows_are_never_readable_by_others(captured: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an umask that hides nothing, the file is its owner's alone from before its first byte."""
    modes: list[str] = []
    stream = Store.stream

    def watched(store: Store, key: str) -> Iterator[bytes]:
        modes.extend(oct(path.stat().st_mode & 0o777) for path in tmp_path.glob(".back.db.restoring-*"))
        yield from stream(store, key)

    monkeypatch.setattr(Store, "stream", watched)
    usual = os.umask(0)
    try:
        put_back(captured, tmp_path / "back.db")
    finally:
        os.umask(usual)
    assert modes == ["0o600"]
    assert oct((tmp_path / "back.db").stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize("side", ["", "-wal", "-journal", "-shm"])
def test_anything_there_is_refused_without_force(captured: Bucket, tmp_path: Path, side: str) -> None:
    """A database, or only a stale side file of one, stops a restore without --force."""
    to = tmp_path / "back.db"
    there = to.with_name(to.name + side)
    there.write_bytes(b"something")
    assert refused(captured, to).code is Code.TARGET_EXISTS
    assert there.read_bytes() == b"something"


def test_force_keeps_the_old_database_with_its_log(
    running: Running, captured: Bucket, make_database: Callable[..., Path]
) -> None:
    """With --force a dead writer's database is kept with the commits of its log, and none play into the new one."""
    to = make_database("target.db", rows=5)
    with running("hold.py", str(to), "DELETE FROM users WHERE id > 2"):
        pass
    kept = put_back(captured, to, force=True)
    assert kept is not None
    assert (users(to), users(kept)) == (10, 3)
    assert inspect(to).tables == {"users": 10, "notes": 200}


def test_the_old_files_mode_is_kept(captured: Bucket, database: Path) -> None:
    """A file that takes another's place has its mode, so that the application can still open it."""
    database.chmod(0o660)
    put_back(captured, database, force=True)
    assert database.stat().st_mode & 0o777 == 0o660


@pytest.mark.parametrize(
    "statements",
    [("SELECT 1 FROM users",), ("PRAGMA journal_mode=delete", "SELECT 1 FROM users"), ("BEGIN IMMEDIATE",)],
)
def test_an_open_database_is_refused_even_with_force(
    running: Running, captured: Bucket, database: Path, statements: tuple[str, ...]
) -> None:
    """A database that any process has open, idle or not, is not replaced, and stays as it was."""
    with running("hold.py", str(database), *statements):
        before = database.read_bytes()
        assert refused(captured, database, force=True).code is Code.TARGET_IN_USE
        assert before == database.read_bytes()
    assert users(database) == 10


def test_damage_is_found_before_the_target_is_touched(captured: Bucket, database: Path) -> None:
    """When the stored object is damaged, the target and its folder stay as they were."""
    point = captured.vault().find(None)
    data = captured.folder / point.data
    data.write_bytes(data.read_bytes()[:-5])
    before = {path.name: path.read_bytes() for path in database.parent.iterdir()}
    assert refused(captured, database, force=True).code is Code.VERIFY_FAILED
    assert before == {path.name: path.read_bytes() for path in database.parent.iterdir()}


def test_a_missing_folder_is_named(captured: Bucket, tmp_path: Path) -> None:
    """A target in a folder that does not exist, or that is one, is refused."""
    assert refused(captured, tmp_path / "none" / "back.db").code is Code.USAGE
    assert refused(captured, tmp_path).code is Code.USAGE


def test_no_such_point_is_named(captured: Bucket) -> None:
    """A point that is not there is not taken for the newest."""
    with pytest.raises(Failure) as caught:
        captured.vault().find("20200102T030405678Z-7H3K9QW2MX")
    assert caught.value.code is Code.NO_POINT


def test_killed_before_the_swap_the_old_one_is_whole(captured: Bucket, command: Command, database: Path) -> None:
    """A restore killed before the swap leaves the old database; the next one works."""
    with closing(apsw.Connection(str(database))) as connection:
        connection.execute("DELETE FROM users WHERE id > 5")
    assert command(Stage.RESTORED, "1", str(database), script="die_at.py").code == -9
    assert users(database) == 6
    put_back(captured, database, force=True)
    assert users(database) == 10


def test_killed_in_the_swap_sqlite_refuses_the_place(
    running: Running, captured: Bucket, command: Command, database: Path, tmp_path: Path
) -> None:
    """A restore killed in the swap leaves a file that SQLite does not open, and the old set whole beside it."""
    with running("hold.py", str(database), "DELETE FROM users WHERE id > 5"):
        pass
    assert command(Stage.SWAPPING, "1", str(database), script="die_at.py").code == -9
    with pytest.raises(Failure) as caught:
        source.snapshot(database, tmp_path / "copy.db", 1)
    assert caught.value.code is Code.SOURCE_NOT_DATABASE
    (kept,) = database.parent.glob("*.replaced-*Z")
    assert users(kept) == 6
    put_back(captured, database, force=True)
    assert users(database) == 10
