"""Verdicts in the user's cache."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from policies.checkov import cache

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400


class Entry(msgspec.Struct):
    """Something that is kept."""

    text: str = ""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where entries are kept."""
    monkeypatch.setenv("GROUNDWORK_CACHE", str(tmp_path))
    return tmp_path / "checkov-verdicts"


def test_what_is_kept_is_found(folder: Path) -> None:
    """An entry comes back as it was, and no one else may read it."""
    cache.store("a", Entry("said"))

    assert Entry("said") == cache.load("a", Entry)
    assert [0o600] == [path.stat().st_mode & 0o777 for path in folder.iterdir()]
    assert 0o700 == folder.stat().st_mode & 0o777


def test_what_is_not_kept_is_not_found(folder: Path) -> None:
    """A cache without the entry, or without anything, has nothing to say."""
    del folder

    assert None is cache.load("a", Entry)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": 3}', b"\xff"])
def test_a_damaged_entry_does_not_count(folder: Path, content: bytes) -> None:
    """What is not what was stored is as if it were not there."""
    cache.store("a", Entry("said"))
    (folder / "a.json").write_bytes(content)

    assert None is cache.load("a", Entry)


def test_the_oldest_goes_when_there_are_too_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the count, what was used longest ago is removed; being read is being used."""
    for age, name in enumerate("cba"):
        cache.store(name, Entry())
        os.utime(folder / f"{name}.json", (time.time() - 100 - age,) * 2)
    cache.load("b", Entry)
    monkeypatch.setattr(cache, "MOST_ENTRIES", 2)

    cache.store("d", Entry())

    assert ["b.json", "d.json"] == sorted(path.name for path in folder.iterdir())


def test_the_oldest_goes_when_it_is_too_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the size, what was used longest ago is removed."""
    for age, name in enumerate("ba"):
        cache.store(name, Entry("x" * 100))
        os.utime(folder / f"{name}.json", (time.time() - 100 - age,) * 2)
    monkeypatch.setattr(cache, "MOST_BYTES", 250)

    cache.store("c", Entry("x" * 100))

    assert ["b.json", "c.json"] == sorted(path.name for path in folder.iterdir())


def test_what_is_old_goes(folder: Path) -> None:
    """An entry, or a part of one that a killed process left, that nobody used for a month is removed."""
    cache.store("a", Entry())
    (folder / ".b.json.part").write_bytes(b"{")
    for path in folder.iterdir():
        os.utime(path, (time.time() - (cache.MOST_DAYS + 1) * DAY,) * 2)

    cache.store("c", Entry())

    assert ["c.json"] == [path.name for path in folder.iterdir()]


def test_a_cache_that_cannot_be_written_costs_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be kept, nothing is, and that is no error."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("GROUNDWORK_CACHE", str(tmp_path / "file"))

    cache.store("a", Entry())

    assert None is cache.load("a", Entry)
