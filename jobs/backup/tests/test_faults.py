"""Faults: killed anywhere, damaged anywhere, no space, cut connections, two at once."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

import apsw
import pytest

from backup.capture import capture
from backup.events import silent
from backup.failure import Code, Failure
from backup.point import Point, Tier
from backup.prove import check
from backup.scratch import need
from backup.scratch import scratch as open_scratch
from backup.stage import Stage
from backup.store import Store
from backup.vault import Vault
from backup.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from backup.capture import Job
    from jobs.backup.tests.conftest import Bucket, Command

pytestmark = pytest.mark.e2e

BEFORE = (Stage.SURVEYED, Stage.SNAPSHOT, Stage.PART, Stage.UPLOADED, Stage.CHECKED, Stage.PROVEN)


def all_verify(vault: Vault, folder: Path) -> list[str]:
    """Verify every point that counts, and give their ids."""
    points = vault.points()
    for point in points:
        verify(vault, point, folder, silent)
    return [point.id for point in points]


@pytest.mark.parametrize("stage", BEFORE)
def test_killed_before_the_manifest_nothing_counts(
    stage: Stage, command: Command, make_job: Callable[..., Job], bucket: Bucket, scratch: Path
) -> None:
    """A capture killed before its manifest leaves the points as they were, and the next run heals alone."""
    first = capture(make_job()).manifest.point
    assert command(stage, "1", script="die_at.py").code == -9
    assert all_verify(bucket.vault(), scratch) == [first]
    second = capture(make_job()).manifest.point
    assert all_verify(bucket.vault(), scratch) == [first, second]
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("stage", [Stage.MANIFEST, Stage.PROOF])
def test_killed_after_the_manifest_the_point_is_whole(
    stage: Stage, command: Command, bucket: Bucket, scratch: Path
) -> None:
    """A capture killed after its manifest leaves a whole point."""
    assert command(stage, "1", script="die_at.py").code == -9
    assert len(all_verify(bucket.vault(), scratch)) == 1


def test_killed_between_two_parts_nothing_counts(
    command: Command, make_database: Callable[..., Path], bucket: Bucket, scratch: Path
) -> None:
    """A capture killed in the middle of a multipart upload leaves no object at all."""
    large = make_database("large.db", rows=2000, width=12_000)
    ended = command(Stage.PART, "2", script="die_at.py", BACKUP_DATABASE=str(large))
    assert ended.code == -9
    assert bucket.vault().points() == []
    assert [key for key in bucket.objects() if key.endswith("data.zst")] == []
    assert command("capture", "--tier", "hourly").code == 0
    assert list(scratch.iterdir()) == []


def test_the_source_is_intact_after_kills(command: Command, database: Path) -> None:
    """A capture killed while it reads leaves the database's folder byte for byte as it was."""
    before = {path.name: path.read_bytes() for path in database.parent.iterdir()}
    assert command(Stage.SNAPSHOT, "1", script="die_at.py").code == -9
    assert before == {path.name: path.read_bytes() for path in database.parent.iterdir()}


def test_every_flip_cut_and_addition_is_found(make_job: Callable[..., Job], bucket: Bucket, scratch: Path) -> None:
    """Of 120 damaged objects, a flipped bit, a cut or an addition in data or manifest each, all fail to verify."""
    vault, dice = bucket.vault(), random.Random(5)  # noqa: S311 - not for secrets
    point = Point(capture(make_job()).manifest.point, Tier.HOURLY, "series")
    found = 0
    for _ in range(120):
        path = bucket.folder / dice.choice([point.data, point.manifest])
        whole = path.read_bytes()
        place = dice.randrange(len(whole) - 1)
        flipped = whole[:place] + bytes([whole[place] ^ 1 << dice.randrange(8)]) + whole[place + 1 :]
        path.write_bytes(dice.choice([flipped, flipped, whole[:place], whole + b"x"]))
        with pytest.raises(Failure) as caught:
            verify(vault, point, scratch, silent)
        found += caught.value.code is Code.VERIFY_FAILED
        path.write_bytes(whole)
    assert found == 120
    assert verify(vault, point, scratch, silent).proof.ok


@pytest.mark.parametrize("name", ["data.zst", "manifest.json"])
def test_swapped_objects_are_found(
    name: str, make_job: Callable[..., Job], bucket: Bucket, database: Path, scratch: Path
) -> None:
    """A point that holds another point's data or manifest fails to verify."""
    one = capture(make_job()).manifest.point
    subprocess.run(["/bin/cp", database, f"{database}.old"], check=True)
    vault = bucket.vault()
    database.write_bytes(database.read_bytes().replace(b"u1", b"v1"))
    two = capture(make_job()).manifest.point
    paths = [bucket.folder / f"hourly/series/{point}/{name}" for point in (one, two)]
    contents = [path.read_bytes() for path in paths]
    for path, content in zip(paths, reversed(contents), strict=True):
        path.write_bytes(content)
    for point in vault.points():
        with pytest.raises(Failure) as caught:
            verify(vault, point, scratch, silent)
        assert caught.value.code is Code.VERIFY_FAILED


def test_missing_data_is_found(make_job: Callable[..., Job], bucket: Bucket, scratch: Path) -> None:
    """A manifest whose data is gone fails to verify."""
    done = capture(make_job())
    (bucket.folder / done.manifest.stored.key).unlink()
    vault = bucket.vault()
    with pytest.raises(Failure) as caught:
        verify(vault, vault.find(None), scratch, silent)
    assert caught.value.code is Code.VERIFY_FAILED


def test_damage_inside_equal_bytes_is_found(database: Path, make_job: Callable[..., Job]) -> None:
    """A restored file is asked by SQLite too: one that fails its check is no proof, whatever its hash."""
    manifest = capture(make_job()).manifest
    with database.open("r+b") as file:
        file.seek(5 * 4096)
        file.write(bytes(4096))
    with pytest.raises(Failure) as caught:
        check(database, manifest.database, "key")
    assert caught.value.code is Code.VERIFY_FAILED
    assert "integrity_check" in caught.value.message


def test_a_restored_copy_with_other_rows_is_found(database: Path, make_job: Callable[..., Job]) -> None:
    """A whole database with another count of rows than was captured is no proof, and the table is named."""
    manifest = capture(make_job()).manifest
    with closing(apsw.Connection(str(database))) as connection:
        connection.execute("DELETE FROM notes WHERE id = 1")
    with pytest.raises(Failure) as caught:
        check(database, manifest.database, "key")
    assert caught.value.message == "Row counts differ in: notes."


def test_a_store_that_keeps_another_manifest_is_found(
    make_job: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that accepts a manifest and gives other bytes back makes the capture fail."""
    put = Store.put

    def lying(store: Store, key: str, content: bytes, *, new: bool) -> None:
        put(store, key, content + b" " if key.endswith("manifest.json") else content, new=new)

    monkeypatch.setattr(Store, "put", lying)
    with pytest.raises(Failure) as caught:
        capture(make_job())
    assert caught.value.code is Code.VERIFY_FAILED


def test_no_room_is_told_before_anything_is_written(tmp_path: Path) -> None:
    """A need larger than the free space is refused with both numbers."""
    with pytest.raises(Failure) as caught:
        need(tmp_path, 1 << 60)
    assert caught.value.code is Code.DISK


@pytest.mark.parametrize("share", [0.1, 0.6, 0.97])
def test_a_disk_that_fills_is_told(
    share: float, command: Command, make_database: Callable[..., Path], bucket: Bucket, scratch: Path
) -> None:
    """When scratch takes only a part of the snapshot, the run ends with the disk's code and leaves nothing."""
    large = make_database("large.db", rows=500, width=12_000)
    limit = int(large.stat().st_size * share)
    ended = command(str(limit), "capture", "--tier", "hourly", script="limited.py", BACKUP_DATABASE=str(large))
    assert (ended.code, ended.failed["reason"]) == (Code.DISK, "disk")
    assert bucket.objects() == []
    assert list(scratch.iterdir()) == []


def test_a_small_volume_is_told(
    command: Command, make_database: Callable[..., Path], bucket: Bucket, tmp_path: Path
) -> None:
    """A scratch volume smaller than the database ends with the disk's code."""
    volume = tmp_path / "small"
    volume.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", volume],  # noqa: S607 - the system's own
        check=False, capture_output=True,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("mounting a tmpfs needs root")
    try:
        large = make_database("large.db", rows=500, width=12_000)
        ended = command("capture", "--tier", "hourly", BACKUP_DATABASE=str(large), BACKUP_SCRATCH=str(volume))
        assert (ended.code, bucket.objects()) == (Code.DISK, [])
        assert list(volume.iterdir()) == []
    finally:
        subprocess.run(["umount", volume], check=True)  # noqa: S607 - the system's own


def test_two_captures_at_once_are_two_points(command: Command, bucket: Bucket, scratch: Path) -> None:
    """Two runs at the same moment do not disturb each other: two points, both whole."""
    runs = [command.start("capture", "--tier", "hourly") for _ in range(2)]
    assert [command.wait(run).code for run in runs] == [0, 0]
    assert len(all_verify(bucket.vault(), scratch)) == 2
    assert list(scratch.iterdir()) == []


def test_a_live_runs_scratch_is_left_alone(tmp_path: Path) -> None:
    """A run that starts removes what a dead one left, and not what a live one holds."""
    with open_scratch(tmp_path, "series", silent) as alive:
        dead = tmp_path / "backup-series-abcdefgh"
        dead.mkdir()
        (dead / "lock").touch()
        other = tmp_path / "backup-series-two-abcdefgh"
        other.mkdir()
        (other / "lock").touch()
        with open_scratch(tmp_path, "series", silent) as mine:
            assert sorted(tmp_path.iterdir()) == sorted([alive, mine, other])


@contextmanager
def cutting(port: int, cuts: list[int]) -> Iterator[int]:
    """Stand before a server; each answer is cut after the next number of bytes in `cuts`, then none is."""

    def pump(client: socket.socket, upstream: socket.socket) -> None:
        with suppress(OSError):
            while piece := client.recv(65536):
                upstream.sendall(piece)

    def serve(client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", port)) as upstream:
            request = b""
            while b"\r\n\r\n" not in request:
                request += client.recv(65536)
            upstream.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
            threading.Thread(target=pump, args=(client, upstream), daemon=True).start()
            left = cuts.pop(0) if cuts and b"data.zst" in request else 1 << 60
            while left > 0 and (piece := upstream.recv(min(65536, left))):
                client.sendall(piece)
                left -= len(piece)
            with suppress(OSError):  # a close alone would wait for the thread that still reads
                client.shutdown(socket.SHUT_RDWR)

    def accept() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(client,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=accept, daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def test_a_cut_download_is_taken_up_again(
    make_job: Callable[..., Job], make_database: Callable[..., Path], bucket: Bucket, scratch: Path
) -> None:
    """A download whose connection breaks three times still proves the point, byte for byte."""
    capture(make_job(source=make_database("large.db", rows=500, width=12_000)))
    cuts = [3 << 20, 2 << 20, 1 << 20]
    with cutting(int(bucket.settings.endpoint.rpartition(":")[2]), cuts) as port:
        settings = bucket.settings.model_copy(update={"endpoint": f"http://127.0.0.1:{port}"})
        through = Vault(Store(settings, "primary"), "series")
        assert verify(through, bucket.vault().find(None), scratch, silent).proof.ok
    assert cuts == []


def test_a_download_that_always_breaks_ends(make_job: Callable[..., Job], bucket: Bucket, scratch: Path) -> None:
    """A download that never gets further ends with the store's code, and says nothing about the point."""
    capture(make_job())
    before = (bucket.folder / bucket.vault().find(None).proof).read_bytes()
    with cutting(int(bucket.settings.endpoint.rpartition(":")[2]), [1500] * 1000) as port:
        settings = bucket.settings.model_copy(update={"endpoint": f"http://127.0.0.1:{port}"})
        vault = Vault(Store(settings, "primary"), "series")
        with pytest.raises(Failure) as caught:
            verify(vault, bucket.vault().find(None), scratch, silent)
    assert caught.value.code is Code.NO_STORE
    assert before == (bucket.folder / bucket.vault().find(None).proof).read_bytes()


def test_a_write_that_lost_its_answer_is_no_failure(
    make_job: Callable[..., Job], bucket: Bucket, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A conditional write whose answer was lost, and whose retry finds the object there, counts as done."""
    put = Store.put

    def twice(store: Store, key: str, content: bytes, *, new: bool) -> None:
        put(store, key, content, new=new)
        if new:
            put(store, key, content, new=new)

    monkeypatch.setattr(Store, "put", twice)
    capture(make_job())
    monkeypatch.undo()
    assert len(all_verify(bucket.vault(), scratch)) == 1


def test_a_store_that_keeps_something_else_is_found(
    make_job: Callable[..., Job], bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that accepts an object and keeps other bytes gets no manifest."""
    put = Store.put

    def lying(store: Store, key: str, content: bytes, *, new: bool) -> None:
        put(store, key, os.urandom(len(content)) if key.endswith(".zst") else content, new=new)

    monkeypatch.setattr(Store, "put", lying)
    with pytest.raises(Failure) as caught:
        capture(make_job())
    assert caught.value.code is Code.VERIFY_FAILED
    assert bucket.objects() == []
