"""Capture: one consistent copy of a live database, stored, given back, restored, checked; then, and only then, a point.

The order is the safety: the manifest is the last object written, so a run that dies anywhere leaves nothing that
counts. Scratch holds one copy at a time: the snapshot goes before the restored copy comes.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import apsw

from backup import VERSION, source
from backup.ahead import ahead
from backup.codec import CHUNK, encode
from backup.events import silent
from backup.facts import assert_floor, inspect
from backup.failure import Code, Failure
from backup.manifest import Database, Manifest, Proof, Stored, age
from backup.point import Point, Tier, mint
from backup.prove import Meter, check, fetch
from backup.scratch import need, scratch
from backup.stage import At, Stage, onward
from backup.targets import Targets
from backup.upload import part_size, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from backup.events import Tell
    from backup.vault import Survey, Vault

CLOCK_TOLERANCE = 300
"""Seconds that this machine's clock may differ from the store's before a warning is due."""


@dataclass(frozen=True)
class Captured:
    """A new point.

    Attributes:
        manifest: its record.
        seconds: how long the capture took.
        stores: the names of the stores that hold it, proven.
        failures: what went wrong in the others, by name.
    """

    manifest: Manifest
    seconds: float
    stores: list[str]
    failures: dict[str, Failure]


@dataclass(frozen=True)
class Job:
    """What to capture, and where to.

    Attributes:
        database: the live SQLite file.
        tier: the tier of the new point.
        vaults: the first store and, if there is one, the second; of the same series.
        folder: the scratch volume.
        busy_seconds: how long to wait for a locked database.
    """

    database: Path
    tier: Tier
    vaults: Sequence[Vault]
    folder: Path
    busy_seconds: float


def capture(job: Job, tell: Tell = silent, at: At = onward) -> Captured:
    """Make one new point.

    Args:
        job: what and where.
        tell: hears each step.
        at: called at each stage.

    Raises:
        Failure: with the code that README.md explains; then no new point exists in any store.
    """
    begun = time.monotonic()
    assert_floor()
    sighting = source.examine(job.database)
    series = job.vaults[0].series
    targets = Targets(job.vaults, tell)
    with scratch(job.folder, series, tell) as folder:
        need(folder, sighting.size)
        newest = _survey(targets, job.tier, tell)
        clock = targets.alive[0].store
        started, skew = clock.now(), round(clock.skew(), 1)
        if abs(skew) > CLOCK_TOLERANCE:
            tell("clock_skewed", store=clock.name, seconds=skew)
        at(Stage.SURVEYED)
        copy = folder / "snapshot.db"
        size = source.snapshot(job.database, copy, job.busy_seconds)
        captured = clock.now()
        point = Point(mint(captured, newest), job.tier, series)
        tell("snapshot_taken", point=point.id, bytes=size, seconds=_since(begun))
        at(Stage.SNAPSHOT)
        try:
            stored, database = _send(targets, point, copy, at)
            copy.unlink()
            at(Stage.CHECKED)
            restored = folder / "restored.db"
            targets.each(lambda vault: _prove(vault, stored, database, restored))
        except BaseException:
            targets.abandon()
            targets.discard(point.data)
            raise
        at(Stage.PROVEN)
        manifest = Manifest(
            series=series,
            tier=job.tier,
            point=point.id,
            started=started,
            captured=captured,
            finished=clock.now(),
            clock_skew=skew,
            job_version=VERSION,
            sqlite_version=apsw.sqlite_lib_version(),
            stored=stored,
            database=database,
        ).sealed()
        targets.each(lambda vault: vault.commit(point, manifest))
        at(Stage.MANIFEST)
        proof = proof_of(manifest, by="capture", started=started, finished=clock.now())
        targets.each(lambda vault: vault.note(point, proof))
        at(Stage.PROOF)
    return Captured(manifest, _since(begun), [vault.store.name for vault in targets.alive], targets.failures)


def proof_of(manifest: Manifest, *, by: str, started: datetime, finished: datetime) -> Proof:
    """Write down that the data behind `manifest` was restored and checked."""
    return Proof(
        series=manifest.series,
        tier=manifest.tier,
        point=manifest.point,
        ok=True,
        by="verify" if by == "verify" else "capture",
        started=started,
        finished=finished,
        captured=manifest.captured,
        data_age_seconds=age(finished, manifest.captured),
        manifest_digest=manifest.digest,
        rows=manifest.database.rows,
        tables=len(manifest.database.tables),
        bytes=manifest.database.bytes,
        sha256=manifest.database.sha256,
        job_version=VERSION,
        sqlite_version=apsw.sqlite_lib_version(),
    ).sealed()


def _survey(targets: Targets, tier: Tier, tell: Tell) -> str | None:
    """List every tier of every store; clean up in ours; give the greatest id in sight."""

    def look(vault: Vault) -> list[Survey]:
        surveys = {each: vault.survey(each) for each in Tier}
        vault.sweep(surveys[tier], tier, tell)
        return list(surveys.values())

    ids = [survey.newest_id for surveys in targets.each(look) for survey in surveys if survey.newest_id]
    return max(ids, default=None)


def _send(targets: Targets, point: Point, copy: Path, at: At) -> tuple[Stored, Database]:
    """Compress and upload the snapshot while SQLite checks it; nothing that fails the check may stay.

    Raises:
        Failure: ``SOURCE_CORRUPT`` when the check fails.
    """
    size = copy.stat().st_size
    packed, plain = Meter(), Meter()
    with ThreadPoolExecutor(1, thread_name_prefix="check") as side:
        # Not synced to the disk: it is read again here and now, and goes before the run ends.
        facts = side.submit(inspect, copy)
        targets.begin(point.data)
        chunks = packed.over(encode(ahead(plain.over(_read(copy))), size))
        for part in parts(chunks, part_size(size)):
            if facts.done():
                facts.result()  # raises when the snapshot is corrupt: no need to send the rest
            targets.add(part)
            at(Stage.PART)
        found = facts.result()
        targets.finish()
        at(Stage.UPLOADED)
    stored = Stored(key=point.data, bytes=packed.size, sha256=packed.sha256)
    database = Database(
        bytes=plain.size,
        sha256=plain.sha256,
        page_size=found.page_size,
        encoding=found.encoding,
        user_version=found.user_version,
        application_id=found.application_id,
        schema_sha256=found.schema_sha256,
        tables=found.tables,
        rows=sum(found.tables.values()),
        foreign_keys=found.foreign_keys,
    )
    return stored, database


def _read(path: Path) -> Iterator[bytes]:
    """Read a file in chunks."""
    with path.open("rb") as file:
        yield from iter(partial(file.read, CHUNK), b"")


def _prove(vault: Vault, stored: Stored, database: Database, restored: Path) -> None:
    """Read one store's object back. The first is restored and checked; equal bytes need no second check."""
    proven = restored.exists()
    try:
        fetch(vault.store, stored, database, None if proven else restored)
        if not proven:
            check(restored, database, stored.key)
    except Failure as failure:
        if not proven:
            restored.unlink(missing_ok=True)
        if failure.code is Code.VERIFY_FAILED:
            with suppress(Failure):  # without a manifest it never counts; a later run removes it
                vault.store.delete(stored.key)
        raise


def _since(begun: float) -> float:
    """Give the seconds since `begun`, to the millisecond."""
    return round(time.monotonic() - begun, 3)
