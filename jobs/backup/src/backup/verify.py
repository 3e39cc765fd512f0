"""Verify: download a point, restore it, check it, and write down how that went."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import apsw

from backup import VERSION
from backup.capture import proof_of
from backup.facts import assert_floor
from backup.failure import Code, Failure
from backup.manifest import Proof
from backup.prove import check, fetch
from backup.scratch import need, scratch

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from backup.events import Tell
    from backup.manifest import Manifest
    from backup.point import Point
    from backup.vault import Vault


@dataclass(frozen=True)
class Proven:
    """A point that restores.

    Attributes:
        manifest: its record.
        proof: the record just written.
        seconds: how long it took.
    """

    manifest: Manifest
    proof: Proof
    seconds: float


def verify(vault: Vault, point: Point, folder: Path, tell: Tell) -> Proven:
    """Prove one point, and write its proof record, good or bad.

    Args:
        vault: where it is.
        point: which one.
        folder: the scratch volume.
        tell: hears each step.

    Raises:
        Failure: ``VERIFY_FAILED`` when it does not restore to what was captured; ``NO_STORE`` and the like when that
            could not be found out, which leaves the record as it was.
    """
    begun, started = time.monotonic(), vault.store.now()
    assert_floor()
    try:
        manifest = vault.manifest(point)
        with scratch(folder, vault.series, tell) as mine:
            need(mine, manifest.database.bytes)
            restored = mine / "restored.db"
            fetch(vault.store, manifest.stored, manifest.database, restored)
            check(restored, manifest.database, point.data)
    except Failure as failure:
        if failure.code is Code.VERIFY_FAILED:
            vault.note(point, _broken(point, failure, started, vault.store.now()))
        raise
    proof = proof_of(manifest, by="verify", started=started, finished=vault.store.now())
    vault.note(point, proof)
    return Proven(manifest, proof, round(time.monotonic() - begun, 3))


def _broken(point: Point, failure: Failure, started: datetime, finished: datetime) -> Proof:
    """Write down that `point` does not restore."""
    return Proof(
        series=point.series,
        tier=point.tier,
        point=point.id,
        ok=False,
        reason=failure.message,
        by="verify",
        started=started,
        finished=finished,
        captured=None,
        data_age_seconds=None,
        manifest_digest="",
        rows=0,
        tables=0,
        bytes=0,
        sha256="",
        job_version=VERSION,
        sqlite_version=apsw.sqlite_lib_version(),
    ).sealed()
