"""Capture against a real S3 server: what it stores, what it proves, and what it does when things go wrong."""

from __future__ import annotations

import json
import os
import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import apsw
import pytest
import time_machine
from pydantic import SecretStr

from backup.capture import capture
from backup.events import silent
from backup.failure import Code, Failure
from backup.point import Point, Tier
from backup.settings import StoreSettings
from backup.stage import Stage
from backup.status import listing, status
from backup.store import Store
from backup.vault import Vault
from backup.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from backup.capture import Job
    from backup.events import Field
    from jobs.backup.tests.conftest import Bucket, Server

pytestmark = pytest.mark.e2e


class Heard:
    """Collects events."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def __call__(self, event: str, **_fields: Field) -> None:
        """Note one."""
        self.events.append(event)


def refused(job: Job) -> Failure:
    """Capture what cannot be captured, and give the failure."""
    with pytest.raises(Failure) as caught:
        capture(job)
    return caught.value


def age_files(folder: Path, age: timedelta) -> None:
    """Make every object in `folder` older."""
    then = time.time() - age.total_seconds()
    for path in folder.rglob("*"):
        os.utime(path, (then, then))


def test_a_capture_is_a_point_that_verifies(make_job: Callable[..., Job], bucket: Bucket, scratch: Path) -> None:
    """A capture leaves three objects, an empty scratch, and a point that `verify` proves with the same figures."""
    done = capture(make_job())
    point = Point(done.manifest.point, Tier.HOURLY, "series")
    assert bucket.objects() == sorted([point.data, point.manifest, point.proof])
    proven = verify(bucket.vault(), bucket.vault().find(None), scratch, silent)
    assert proven.manifest == done.manifest
    assert (proven.proof.rows, proven.proof.tables, proven.proof.by) == (210, 2, "verify")
    assert list(scratch.iterdir()) == []


def test_a_large_capture_goes_in_parts(
    make_job: Callable[..., Job], make_database: Callable[..., Path], bucket: Bucket, scratch: Path
) -> None:
    """A database of several parts is stored and proven."""
    stages: list[Stage] = []
    done = capture(make_job(source=make_database("large.db", rows=2000, width=12_000)), at=stages.append)
    assert stages.count(Stage.PART) == 3
    assert verify(bucket.vault(), bucket.vault().find(None), scratch, silent).manifest == done.manifest


def test_stages_come_in_their_order(make_job: Callable[..., Job]) -> None:
    """The manifest is written after the proof of the restore, and the proof record last."""
    stages: list[Stage] = []
    capture(make_job(), at=stages.append)
    assert stages == [
        Stage.SURVEYED, Stage.SNAPSHOT, Stage.PART, Stage.UPLOADED, Stage.CHECKED, Stage.PROVEN, Stage.MANIFEST,
        Stage.PROOF,
    ]  # fmt: skip


def test_a_second_store_gets_the_same_objects(
    make_job: Callable[..., Job], server: Server, bucket: Bucket, scratch: Path
) -> None:
    """With two stores, both hold the same point, each with its own manifest, and both verify."""
    other = server.bucket()
    copy = Vault(Store(other.settings, "copy"), "series")
    done = capture(make_job(vaults=[bucket.vault(), copy]))
    assert done.stores == ["primary", "copy"]
    assert bucket.objects() == other.objects()
    assert verify(copy, copy.find(None), scratch, silent).manifest == done.manifest


@pytest.mark.parametrize("broken", [0, 1])
def test_one_broken_store_does_not_stop_the_other(
    make_job: Callable[..., Job], server: Server, bucket: Bucket, scratch: Path, broken: int
) -> None:
    """When one store has no bucket, the point exists in the other, and the failure is told."""
    gone = bucket.settings.model_copy(update={"bucket": "not-there"})
    vaults = [Vault(Store(server.bucket().settings, "good"), "series")]
    vaults.insert(broken, Vault(Store(gone, "gone"), "series"))
    done = capture(make_job(vaults=vaults))
    assert done.stores == ["good"]
    assert done.failures["gone"].code is Code.NO_STORE
    good = vaults[1 - broken]
    assert verify(good, good.find(None), scratch, silent).manifest == done.manifest


def test_a_corrupt_database_is_no_point(
    make_job: Callable[..., Job], make_database: Callable[..., Path], bucket: Bucket
) -> None:
    """A database that fails its check leaves nothing in the bucket."""
    database = make_database("corrupt.db", rows=2000)
    with database.open("r+b") as file:
        file.seek(20 * 4096)
        file.write(os.urandom(8 * 4096))
    assert refused(make_job(source=database)).code is Code.SOURCE_CORRUPT
    assert bucket.objects() == []


def test_an_index_that_differs_from_its_table_is_no_point(
    make_job: Callable[..., Job], database: Path, bucket: Bucket
) -> None:
    """Damage that only the full check finds, an index with other values than its table, is refused."""
    with closing(apsw.Connection(str(database))) as connection:
        connection.execute("CREATE INDEX by_name ON users(name)")
        connection.pragma("writable_schema", 1)
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, '(name)', '(id)')")
    failure = refused(make_job())
    assert failure.code is Code.SOURCE_CORRUPT
    assert bucket.objects() == []


def test_wrong_keys_are_named(make_job: Callable[..., Job], bucket: Bucket) -> None:
    """A store that refuses the keys ends with its own code."""
    wrong = bucket.settings.model_copy(update={"secret_access_key": SecretStr("wrong")})
    failure = refused(make_job(vaults=[Vault(Store(wrong, "primary"), "series")]))
    assert failure.code is Code.ACCESS_DENIED


def test_an_unreachable_store_is_named(make_job: Callable[..., Job], scratch: Path) -> None:
    """A store that no one listens at ends within the retries, and leaves no scratch."""
    nowhere = StoreSettings(
        endpoint="http://127.0.0.1:1", region="auto", bucket="none", access_key_id=SecretStr("a"),
        secret_access_key=SecretStr("b"),
    )  # fmt: skip
    failure = refused(make_job(vaults=[Vault(Store(nowhere, "primary"), "series")]))
    assert failure.code is Code.NO_STORE
    assert list(scratch.iterdir()) == []


def test_a_clock_a_little_behind_keeps_the_order(make_job: Callable[..., Job], bucket: Bucket) -> None:
    """With the clock ten minutes back a warning is told, and the new point is still the newest, at its true time."""
    first = capture(make_job())
    heard = Heard()
    with time_machine.travel(first.manifest.captured - timedelta(minutes=10)):
        second = capture(make_job(), heard)
    assert "clock_skewed" in heard.events
    assert bucket.vault().find(None).id == second.manifest.point
    assert second.manifest.captured > first.manifest.captured - timedelta(seconds=2)
    assert second.manifest.clock_skew == pytest.approx(-600, abs=5)


def test_a_clock_a_day_behind_is_refused(make_job: Callable[..., Job], bucket: Bucket) -> None:
    """With the clock a day back the store refuses our signatures, and that has its own code."""
    vault = bucket.vault()
    with time_machine.travel(vault.store.now() - timedelta(days=1)):
        failure = refused(make_job(vaults=[vault]))
    assert failure.code is Code.CLOCK
    assert bucket.objects() == []


def test_old_orphans_go_and_young_ones_stay(make_job: Callable[..., Job], bucket: Bucket) -> None:
    """Data without a manifest goes after a day, if it is of our series and tier; nothing else does."""
    kept = capture(make_job())
    for key in ("hourly/series", "daily/series", "hourly/other"):
        path = bucket.folder / key / "20200102T030405678Z-7H3K9QW2MX" / "data.zst"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"half")
    bucket.vault().store.begin("hourly/series/20200102T030405678Z-7H3K9QW2MX/data.zst")
    age_files(bucket.folder, timedelta(hours=23))
    capture(make_job())
    assert "hourly/series/20200102T030405678Z-7H3K9QW2MX/data.zst" in bucket.objects()
    age_files(bucket.folder, timedelta(hours=25))
    heard = Heard()
    capture(make_job(), heard)
    assert "orphan_removed" in heard.events
    keys = bucket.objects()
    assert "hourly/series/20200102T030405678Z-7H3K9QW2MX/data.zst" not in keys
    assert "daily/series/20200102T030405678Z-7H3K9QW2MX/data.zst" in keys
    assert "hourly/other/20200102T030405678Z-7H3K9QW2MX/data.zst" in keys
    assert f"hourly/series/{kept.manifest.point}/data.zst" in keys


def test_keys_that_delete_nothing_still_end_their_uploads(
    make_job: Callable[..., Job], bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where an old orphan may not be deleted, a warning says so; old unfinished uploads are aborted all the same."""

    def denied(_store: Store, key: str) -> None:
        raise Failure(Code.ACCESS_DENIED, "The store refuses our keys.", where=key)

    path = bucket.folder / "hourly/series/20200102T030405678Z-7H3K9QW2MX/data.zst"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    bucket.vault().store.begin("hourly/series/20200102T030405678Z-7H3K9QW2MX/data.zst")
    age_files(bucket.folder, timedelta(hours=25))
    monkeypatch.setattr(Store, "delete", denied)
    heard = Heard()
    capture(make_job(), heard)
    assert {"sweep_failed", "upload_removed"} <= set(heard.events)
    assert bucket.vault().store.uploads("hourly/") == []


def test_an_upload_that_fails_in_its_last_part_is_aborted(
    make_job: Callable[..., Job],
    make_database: Callable[..., Path],
    bucket: Bucket,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A part that fails after all were queued leaves no unfinished upload behind."""
    send = Store.part

    def failing(store: Store, key: str, upload: str, number: int, content: bytes) -> str:
        if number == 3:
            raise Failure(Code.NO_STORE, "The store cannot be reached.", where=key)
        return send(store, key, upload, number, content)

    monkeypatch.setattr(Store, "part", failing)
    failure = refused(make_job(source=make_database("large.db", rows=2000, width=12_000)))
    assert failure.code is Code.NO_STORE
    assert bucket.vault().store.uploads("hourly/") == []


def test_status_tells_the_newest_and_the_newest_proven(
    make_job: Callable[..., Job], bucket: Bucket, scratch: Path
) -> None:
    """Status gives the newest point of each tier; one whose proof failed is not the newest proven one."""
    daily = capture(make_job(tier=Tier.DAILY)).manifest
    hourly = capture(make_job()).manifest
    data = bucket.folder / hourly.stored.key
    data.write_bytes(data.read_bytes()[:-1])
    vault = bucket.vault()
    with pytest.raises(Failure) as caught:
        verify(vault, vault.find(None), scratch, silent)
    assert caught.value.code is Code.VERIFY_FAILED
    state = status(vault, silent)
    assert state.newest == {Tier.HOURLY: hourly, Tier.DAILY: daily}
    assert state.proven == daily
    proofs = {manifest.point: proof.ok for manifest, proof in listing(vault, Tier, silent) if proof}
    assert proofs == {hourly.point: False, daily.point: True}


def test_status_of_nothing_is_nothing(bucket: Bucket) -> None:
    """An empty bucket has no newest point."""
    state = status(bucket.vault(), silent)
    assert (state.newest, state.proven) == ({Tier.HOURLY: None, Tier.DAILY: None}, None)


def test_series_do_not_see_each_other(make_job: Callable[..., Job], bucket: Bucket) -> None:
    """A series whose name begins with another's has its own points."""
    capture(make_job(vaults=[bucket.vault("series-two")]))
    assert bucket.vault("series").points() == []
    assert len(bucket.vault("series-two").points()) == 1


def test_the_manifest_says_nothing_about_the_host(make_job: Callable[..., Job], bucket: Bucket, database: Path) -> None:
    """No path and no host name of this machine is in the bucket."""
    done = capture(make_job())
    text = json.dumps(json.loads((bucket.folder / f"hourly/series/{done.manifest.point}/manifest.json").read_bytes()))
    assert str(database.parent) not in text
    assert os.uname().nodename not in text
