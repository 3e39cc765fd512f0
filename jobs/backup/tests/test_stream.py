"""The pieces that a database streams through: reading ahead, cutting into parts, zstd in both directions."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backup.ahead import ahead
from backup.codec import CHUNK, decode, encode
from backup.failure import Code, Failure
from backup.upload import LARGEST_PART, MOST_PARTS, part_size, parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNKS = st.lists(st.binary(max_size=50), max_size=20)


@given(CHUNKS)
def test_a_frame_gives_back_what_went_in(chunks: list[bytes]) -> None:
    """Decoding what was encoded gives the same bytes."""
    whole = b"".join(chunks)
    assert whole == b"".join(decode(encode(chunks, len(whole))))


def test_no_piece_is_larger_than_a_chunk() -> None:
    """A small frame that holds much comes out in bounded pieces."""
    packed = b"".join(encode([bytes(CHUNK)] * 8, 8 * CHUNK))
    sizes = [len(piece) for piece in decode([packed])]
    assert max(sizes) <= CHUNK
    assert sum(sizes) == 8 * CHUNK


@pytest.mark.parametrize("damage", [lambda frame: frame[:-1], lambda frame: frame + b"x", lambda frame: frame + frame])
def test_a_damaged_frame_is_refused(damage: type[bytes]) -> None:
    """A frame that ends early, or has anything behind it, does not decode."""
    frame = b"".join(encode([os.urandom(1000)], 1000))
    with pytest.raises(Failure) as caught:
        list(decode([damage(frame)]))
    assert caught.value.code is Code.VERIFY_FAILED


def test_the_zstd_command_reads_our_frames(tmp_path: Path) -> None:
    """A database can be unpacked without this package."""
    content = os.urandom(3 * CHUNK)
    (tmp_path / "data.zst").write_bytes(b"".join(encode([content], len(content))))
    subprocess.run(["zstd", "-q", "-d", "data.zst", "-o", "plain"], cwd=tmp_path, check=True, timeout=30)  # noqa: S607 - the user's own zstd
    assert content == (tmp_path / "plain").read_bytes()


@given(CHUNKS, st.integers(1, 30))
def test_parts_hold_everything_in_equal_sizes(chunks: list[bytes], size: int) -> None:
    """All parts but the last have the size asked for, and together they are the input."""
    cut = list(parts(chunks, size))
    assert b"".join(chunks) == b"".join(cut)
    assert all(len(part) == size for part in cut[:-1])
    assert all(0 < len(part) <= size for part in cut)


@given(st.integers(1, LARGEST_PART * MOST_PARTS))
def test_any_size_fits_the_parts_that_s3_allows(size: int) -> None:
    """A database that does not compress at all, and swells by a tenth, still fits into 10,000 parts."""
    assert size * 1.1 / part_size(size) <= 10_000


def test_a_database_beyond_the_parts_is_refused() -> None:
    """A database that would need more memory than promised is refused before anything is sent."""
    with pytest.raises(Failure) as caught:
        part_size(LARGEST_PART * MOST_PARTS + 1)
    assert caught.value.code is Code.USAGE


@given(st.lists(st.integers(), max_size=30), st.integers(1, 6))
def test_reading_ahead_changes_nothing(items: list[int], depth: int) -> None:
    """Items come out as they went in, in order."""
    assert items == list(ahead(iter(items), depth))


def test_reading_ahead_raises_in_place() -> None:
    """An error in the source is raised after the items before it."""

    def source() -> Iterator[int]:
        yield 1
        raise ValueError

    stream = ahead(source())
    assert next(stream) == 1
    with pytest.raises(ValueError, match=r"^$"):
        next(stream)


def test_stopping_early_closes_the_source() -> None:
    """A reader that leaves closes what it read from, with no thread left behind."""
    closed = []

    def source() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.append(True)

    stream = ahead(source())
    next(stream)
    stream.close()
    assert closed == [True]
