"""A log stays below its size, and its end can be read."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sandbox.supervisor.log import Log, older, tail

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


@given(chunks=st.lists(st.binary(max_size=60), max_size=30))
def test_no_part_of_a_log_grows_beyond_its_limit(chunks: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever is written in whatever portions: two parts, neither above the limit, ending with what came last."""
    path = tmp_path_factory.mktemp("log") / "service.log"
    log = Log(path, limit_bytes=64)
    for chunk in chunks:
        log.write(chunk)
    log.close()

    parts = [part.read_bytes() for part in (older(path), path) if part.exists()]
    kept = b"".join(parts)
    assert (True, True) == (all(len(part) <= 64 for part in parts), b"".join(chunks).endswith(kept))


def test_a_log_goes_on_where_the_last_run_ended(tmp_path: Path) -> None:
    """A restart does not lose the reason for it."""
    path = tmp_path / "service.log"
    for text in (b"first\n", b"second\n"):
        log = Log(path)
        log.write(text)
        log.close()

    assert ["first", "second"] == tail(path, 10)


def test_a_log_is_its_owners_alone(tmp_path: Path) -> None:
    """Services print what is nobody else's business."""
    path = tmp_path / "service.log"
    log = Log(path)
    log.write(b"x")
    log.close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_tail_of_a_long_log_is_its_last_lines(tmp_path: Path) -> None:
    """Only the end is read, however long the log."""
    path = tmp_path / "service.log"
    path.write_text("".join(f"{number}\n" for number in range(100_000)))

    assert ["99998", "99999"] == tail(path, 2)


def test_a_missing_log_has_no_tail(tmp_path: Path) -> None:
    """A service that never printed has nothing to show."""
    assert tail(tmp_path / "none.log", 5) == []
