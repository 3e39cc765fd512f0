"""Logs of containers."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.node import logs
from sandbox.node.kube import PodRef
from sandbox.node.logs import LogWriter, Query

if TYPE_CHECKING:
    from pathlib import Path

_LIMIT = 2**20


def _write(path: Path, *parts: bytes, limit: int = _LIMIT) -> None:
    writer = LogWriter(path, limit)
    end = os.dup(writer.output)
    writer.started()
    with os.fdopen(end, "wb", buffering=0) as output:
        for part in parts:
            output.write(part)
    writer.join(10)


def _read(path: Path, query: Query | None = None) -> bytes:
    return b"".join(logs.read(path, query or Query(), lambda: False))


def test_whole(tmp_path: Path) -> None:
    """What was written comes back."""
    _write(tmp_path / "c" / "0.log", b"one\ntw", b"o\n\nthree\n")
    assert _read(tmp_path / "c" / "0.log") == b"one\ntwo\n\nthree\n"


def test_long_line(tmp_path: Path) -> None:
    """A line far longer than what is stored at once comes back as one line."""
    line = b"x" * 100_000 + b"\n"
    _write(tmp_path / "c" / "0.log", line)
    assert _read(tmp_path / "c" / "0.log") == line


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=40_000), max_size=4))
def test_any_bytes(tmp_path: Path, parts: list[bytes]) -> None:
    """Any bytes come back, but for a line end at the very end, however long the lines."""
    path = tmp_path / "c" / "0.log"
    path.unlink(missing_ok=True)
    _write(path, *parts)
    whole = b"".join(parts)
    assert _read(path) == (whole if whole.endswith(b"\n") or not whole else whole + b"\n")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(tail=2), b"2\n3\n"),
        (Query(tail=0), b""),
        (Query(tail=9), b"1\n2\n3\n"),
        (Query(limit=3), b"1\n2"),
        (Query(since=dt.datetime(2999, 1, 1, tzinfo=dt.UTC)), b""),
        (Query(since=dt.datetime(2000, 1, 1, tzinfo=dt.UTC)), b"1\n2\n3\n"),
    ],
)
def test_query(tmp_path: Path, query: Query, expected: bytes) -> None:
    """Part of a log can be asked for by lines, bytes and time."""
    _write(tmp_path / "c" / "0.log", b"1\n2\n3\n")
    assert _read(tmp_path / "c" / "0.log", query) == expected


def test_timestamps(tmp_path: Path) -> None:
    """With timestamps each line begins with its moment in UTC."""
    _write(tmp_path / "c" / "0.log", b"x\n")
    stamp, text = _read(tmp_path / "c" / "0.log", Query(timestamps=True)).split(b" ")
    assert (stamp[-1:], text) == (b"Z", b"x\n")


def test_rotation(tmp_path: Path) -> None:
    """A log holds its newest lines in at most two files of the size given."""
    path = tmp_path / "c" / "0.log"
    _write(path, b"".join(b"%04d\n" % number for number in range(1000)), limit=4000)
    size = sum(one.stat().st_size for one in path.parent.iterdir())
    assert (_read(path, Query(tail=1)), size < 2 * 4000 + 200) == (b"0999\n", True)


def test_follow(tmp_path: Path) -> None:
    """A followed log yields what comes until the container ends, through a rotation."""
    path = tmp_path / "c" / "0.log"
    _write(path, b"1\n")
    answers = iter([True, True, False])

    def running() -> bool:
        alive = next(answers)
        if alive:
            path.rename(logs.older(path))
            _write(path, b"2\n")
        return alive

    assert b"".join(logs.read(path, Query(follow=True), running)).startswith(b"1\n2\n")


def test_private(tmp_path: Path) -> None:
    """Nobody else on the machine reads a log: it may hold what it should not."""
    _write(tmp_path / "c" / "0.log", b"x")
    assert (tmp_path / "c" / "0.log").stat().st_mode & 0o777 == 0o600


def test_previous(tmp_path: Path) -> None:
    """The newest log and the one before are found by number, not by name."""
    ref = PodRef("ns", "pod", "uid")
    for number in (2, 9, 10):
        _write(logs.log_path(tmp_path, ref, "c", number), b"x")
    found = [logs.newest(tmp_path, ref, "c", previous=previous) for previous in (False, True)]
    assert [path.name for path in found if path] == ["10.log", "9.log"]


def test_garbage(tmp_path: Path) -> None:
    """Logs of living pods stay, of the others only the newest few."""
    for number in range(30):
        folder = tmp_path / f"gone-{number}"
        folder.mkdir()
        os.utime(folder, (number, number))
    (tmp_path / "living").mkdir()
    os.utime(tmp_path / "living", (0, 0))
    logs.collect_garbage(tmp_path, {"living"})
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["living", *(f"gone-{number}" for number in range(10, 30))]
    )
