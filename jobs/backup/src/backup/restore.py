"""Restore: a point becomes a file, checked before it takes its place.

At each instant the place holds the old database whole, the new one whole, or something that SQLite refuses to open.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from backup.facts import assert_floor
from backup.failure import Code, Failure
from backup.holders import holders
from backup.prove import check, fetch
from backup.scratch import full, need
from backup.stage import At, Stage, onward

if TYPE_CHECKING:
    from pathlib import Path

    from backup.manifest import Manifest
    from backup.point import Point
    from backup.vault import Vault

SIDES = ("-wal", "-journal", "-shm")
SENTINEL = b"A restore was cut off here. The old database is beside this file, named .replaced-<time>.\n" * 8


@dataclass(frozen=True)
class Restored:
    """A database back in place.

    Attributes:
        manifest: the record of the point it came from.
        kept: the name of the old database, with its side files beside it; None when there was none.
        seconds: how long it took.
    """

    manifest: Manifest
    kept: Path | None
    seconds: float


def restore(vault: Vault, point: Point, to: Path, *, force: bool, at: At = onward) -> Restored:
    """Bring `point` back as the file `to`.

    Args:
        vault: where it is.
        point: which one.
        to: the file to make; its folder must exist.
        force: whether a database that is there may be moved aside.
        at: called at each stage.

    Raises:
        Failure: ``TARGET_EXISTS`` without `force`, ``TARGET_IN_USE`` even with it, ``VERIFY_FAILED`` and the codes of
            the store; the target is then as it was.
    """
    begun = time.monotonic()
    assert_floor()
    _refuse(to, force=force)
    manifest = vault.manifest(point)
    need(to.parent, manifest.database.bytes)
    new = to.with_name(f".{to.name}.restoring-{secrets.token_hex(4)}")
    try:
        fetch(vault.store, manifest.stored, manifest.database, new, sync=True)
        check(new, manifest.database, point.data)
        at(Stage.RESTORED)
        _refuse(to, force=force)
        kept = _swap(new, to, at)
    except OSError as error:
        raise full(error, to) or Failure(
            Code.USAGE, f"The target cannot be written: {error.strerror}.", where=str(to)
        ) from None
    finally:
        new.unlink(missing_ok=True)
    return Restored(manifest, kept, round(time.monotonic() - begun, 3))


def _refuse(to: Path, *, force: bool) -> None:
    """Stop before anything is touched that should not be."""
    if not to.parent.is_dir():
        raise Failure(Code.USAGE, "The target's folder does not exist.", where=str(to.parent))
    if to.is_dir():
        raise Failure(Code.USAGE, "The target is a directory.", where=str(to))
    there = [path for path in (to, *_sides(to)) if os.path.lexists(path)]
    if there and not force:
        raise Failure(
            Code.TARGET_EXISTS,
            f"There is something already: {', '.join(path.name for path in there)}.",
            where=str(to),
            fix="Stop whatever uses it and pass --force: the old files are kept beside the new one.",
        )
    if users := holders(there):
        raise Failure(
            Code.TARGET_IN_USE,
            f"The target is open in another process: {', '.join(users)}.",
            where=str(to),
            fix="Stop it first: replacing an open database corrupts it.",
        )


def _swap(new: Path, to: Path, at: At) -> Path | None:
    """Put `new` in the place of `to`, and keep what was there under other names.

    A stale write-ahead log beside a new database would be played into it (sqlite.org, howtocorrupt 1.4), and an old
    database without its log is not whole. So all old files get their second names first, then the place is taken by
    a file that SQLite refuses, then the side files go, then the new database comes.
    """
    there = [path for path in (to, *_sides(to)) if os.path.lexists(path)]
    if not there:
        os.link(new, to)  # unlike a rename, this fails when someone made the file meanwhile
        _sync(to.parent)
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    kept = to.with_name(f"{to.name}.replaced-{stamp}")
    for path in there:
        os.link(path, kept.with_name(kept.name + path.name.removeprefix(to.name)), follow_symlinks=False)
    if to in there:
        shutil.copymode(to, new)
        with suppress(PermissionError):
            os.chown(new, to.stat().st_uid, to.stat().st_gid)
    _sync(to.parent)
    sentinel = new.with_name(new.name + "-sentinel")
    try:
        sentinel.write_bytes(SENTINEL)
        sentinel.replace(to)
    finally:
        sentinel.unlink(missing_ok=True)
    _sync(to.parent)
    at(Stage.SWAPPING)
    for path in there:
        if path != to:
            path.unlink()
    _sync(to.parent)
    new.replace(to)
    _sync(to.parent)
    return kept


def _sides(database: Path) -> list[Path]:
    """Name the side files that SQLite may have beside `database`."""
    return [database.with_name(database.name + side) for side in SIDES]


def _sync(folder: Path) -> None:
    """Make the names in `folder` outlive a loss of power."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
