"""The proof: what the bucket gives back is the database that was captured, whole and readable."""

from __future__ import annotations

import hashlib
import os
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from backup.ahead import ahead
from backup.codec import decode
from backup.facts import Facts, inspect
from backup.failure import Code, Failure, NoObject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from backup.manifest import Database, Stored
    from backup.store import Store

PRIVATE = 0o600
"""Permissions of what holds a database's rows."""


@dataclass
class Meter:
    """Bytes that went by, and their SHA-256."""

    size: int = 0

    def __post_init__(self) -> None:
        """Begin with nothing."""
        self._hash = hashlib.sha256()

    def over(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Pass `chunks` on, metered."""
        for chunk in chunks:
            self._hash.update(chunk)
            self.size += len(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """The hash so far, in hex."""
        return self._hash.hexdigest()


def fetch(store: Store, stored: Stored, database: Database, into: Path | None, *, sync: bool = False) -> None:
    """Download an object, decode it, and compare both sides' size and SHA-256 (levels L1 and L2).

    Args:
        store: where it is.
        stored: what it must be.
        database: what must be in it.
        into: a new file for the database; None to only compare.
        sync: whether the file must outlive a loss of power.

    Raises:
        Failure: ``VERIFY_FAILED`` when anything differs.
    """
    packed, plain = Meter(), Meter()
    try:
        with closing(ahead(packed.over(store.stream(stored.key)))) as arriving:
            chunks = ahead(decode(_bounded(arriving, stored.bytes)))
            with closing(chunks):
                bounded = _bounded(plain.over(chunks), database.bytes)
                if into is None:
                    for _ in bounded:
                        pass
                else:
                    with open(into, "xb", opener=_private) as file:
                        _write(bounded, file, sync=sync)
    except NoObject:
        raise Failure(Code.VERIFY_FAILED, "The manifest is there, its data is not.", where=stored.key) from None
    except Failure as failure:
        if failure.code is Code.VERIFY_FAILED and not failure.where:
            failure.where = stored.key
        raise
    for what, found, wanted in (
        ("stored size", packed.size, stored.bytes),
        ("stored SHA-256", packed.sha256, stored.sha256),
        ("size", plain.size, database.bytes),
        ("SHA-256", plain.sha256, database.sha256),
    ):
        if found != wanted:
            raise Failure(Code.VERIFY_FAILED, f"The {what} is {found}, {wanted} was captured.", where=stored.key)


def _private(path: str, flags: int) -> int:
    """Open a file that is its owner's alone from its first byte on, whatever the umask says."""
    return os.open(path, flags, PRIVATE)


def check(restored: Path, database: Database, key: str) -> None:
    """Ask SQLite about the restored file, and compare with what was captured (level L3).

    Raises:
        Failure: ``VERIFY_FAILED`` when it is damaged or differs.
    """
    try:
        found = inspect(restored)
    except Failure as failure:
        raise Failure(Code.VERIFY_FAILED, failure.message, where=key) from None
    compare(found, database, key)


def compare(found: Facts, database: Database, key: str) -> None:
    """Hold the restored file's schema, rows and foreign keys against the captured ones."""
    if found.tables != database.tables:
        names = found.tables.keys() | database.tables.keys()
        wrong = sorted(name for name in names if found.tables.get(name) != database.tables.get(name))
        raise Failure(Code.VERIFY_FAILED, f"Row counts differ in: {', '.join(wrong)}.", where=key)
    for what, is_now, was in (
        ("schema", found.schema_sha256, database.schema_sha256),
        ("count of broken foreign keys", found.foreign_keys, database.foreign_keys),
        ("page size", found.page_size, database.page_size),
    ):
        if is_now != was:
            raise Failure(Code.VERIFY_FAILED, f"The {what} differs: {is_now}, {was} was captured.", where=key)


def _bounded(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    """Stop as soon as there is more than there should be, before a disk fills."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise Failure(Code.VERIFY_FAILED, f"There is more than the {most} bytes that were captured.")
        yield chunk


def _write(chunks: Iterator[bytes], file: BinaryIO, *, sync: bool) -> None:
    """Write everything, to the disk itself if asked."""
    file.writelines(chunks)
    if sync:
        file.flush()
        os.fsync(file.fileno())
