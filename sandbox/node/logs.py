"""Logs of containers: written as the kubelet's runtime writes them, capped, and read back as the API asks."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sandbox.node.kube import PodRef

_READ_BYTES = 65536
#: A longer line is stored in parts (tag ``P``), as by the CRI.
_LINE_BYTES = 16384
_FOLLOW_SECONDS = 0.2
#: Folders of logs kept after their pods are gone, newest first.
_KEPT = 20


class LogWriter(threading.Thread):
    """Copies a container's output to its log, a timestamp before each line, until the output ends.

    The file is rotated at a size; one older file is kept, so a container holds at most twice that.

    Args:
        path: the log.
        limit: bytes at which it is rotated.
    """

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(name=f"log-{path.parent.name}", daemon=True)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = path
        self._limit = limit
        self._reader, self.output = os.pipe()
        self._file = path.open("ab", buffering=0)
        path.chmod(0o600)

    def started(self) -> None:
        """The container has its own end of the pipe: close ours, so that its end is seen, and begin."""
        os.close(self.output)
        self.start()

    def run(self) -> None:
        """Copy until the last process that writes has ended. A full disk loses lines, never the container."""
        pending = b""
        while part := os.read(self._reader, _READ_BYTES):
            *lines, pending = (pending + part).split(b"\n")
            for line in lines:
                self._write(line, b"F")
            while len(pending) > _LINE_BYTES:
                self._write(pending[:_LINE_BYTES], b"P")
                pending = pending[_LINE_BYTES:]
        if pending:
            self._write(pending, b"F")
        os.close(self._reader)
        self._file.close()

    def _write(self, line: bytes, tag: bytes) -> None:
        stamp = dt.datetime.now(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "000Z").encode()
        try:
            self._file.write(b"%s stdout %s %s\n" % (stamp, tag, line))
            if self._file.tell() >= self._limit:
                self._path.replace(older(self._path))
                full, self._file = self._file, self._path.open("ab", buffering=0)
                full.close()
        except OSError:
            return


def older(path: Path) -> Path:
    """The rotated part of a log."""
    return path.with_name(f"{path.name}.1")


def log_path(folder: Path, ref: PodRef, container: str, restart: int) -> Path:
    """The log of one run of a container."""
    return folder / ref.folder / container / f"{restart}.log"


def newest(folder: Path, ref: PodRef, container: str, *, previous: bool) -> Path | None:
    """The log of a container's last run, or of the one before; None where there is none."""
    try:
        found = sorted(int(path.stem) for path in (folder / ref.folder / container).glob("*.log"))
    except (OSError, ValueError):
        return None
    wanted = 2 if previous else 1
    return log_path(folder, ref, container, found[-wanted]) if len(found) >= wanted else None


@dataclass(frozen=True)
class Query:
    """What part of a log is asked for, as in ``kubectl logs``.

    Attributes:
        tail: only that many last lines.
        since: only lines at or after this moment.
        timestamps: put the moment before each line.
        limit: stop after that many bytes.
        follow: go on with new lines until the container ends.
    """

    tail: int | None = None
    since: dt.datetime | None = None
    timestamps: bool = False
    limit: int | None = None
    follow: bool = False


def read(path: Path, query: Query, running: Callable[[], bool]) -> Iterator[bytes]:
    """Yield the lines asked for; with ``follow``, also those to come while ``running()`` holds."""
    left = query.limit
    for line in _lines(path, query, running):
        shown = _shown(line, query)
        if left is not None:
            shown = shown[:left]
            left -= len(shown)
        if shown:
            yield shown
        if left is not None and left <= 0:
            return


def last_lines(path: Path, *, lines: int, size: int) -> str:
    """The end of a log without timestamps, for a termination message."""
    text = b"".join(read(path, Query(tail=lines), lambda: False))
    return text[-size:].decode(errors="replace")


def collect_garbage(folder: Path, living: set[str]) -> None:
    """Remove logs of pods that are gone, but for the newest few."""
    if not folder.is_dir():
        return
    gone = [path for path in folder.iterdir() if path.is_dir() and path.name not in living]
    gone.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in gone[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _lines(path: Path, query: Query, running: Callable[[], bool]) -> Iterator[bytes]:
    """Raw lines of the log. One file object sees the log through a rotation's rename to its end, then moves on."""
    old = [*_stored(older(path))]
    with path.open("rb") as file:
        now = file.readlines()
        complete = [*old, *now]
        pending = b""
        if complete and not complete[-1].endswith(b"\n"):
            pending = complete.pop()
        yield from complete[-query.tail :] if query.tail else ([] if query.tail == 0 else complete)
        if query.follow:
            yield from _following(path, file, pending, running)


def _following(path: Path, file: BinaryIO, pending: bytes, running: Callable[[], bool]) -> Iterator[bytes]:
    """Lines to come, from the file open now and from those that follow it when it is rotated."""
    with ExitStack() as opened:
        while True:
            # Both are asked before reading: what they say to be over is then read to its end.
            alive, moved = running(), _rotated(file.fileno(), path)
            *lines, pending = (pending + file.read()).split(b"\n")
            yield from (line + b"\n" for line in lines)
            if moved:
                opened.close()
                file = opened.enter_context(path.open("rb"))
            elif not alive:
                return
            elif not lines:
                time.sleep(_FOLLOW_SECONDS)


def _rotated(descriptor: int, path: Path) -> bool:
    try:
        return path.stat().st_ino != os.fstat(descriptor).st_ino
    except OSError:
        return False


def _stored(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines(keepends=True)
    except FileNotFoundError:
        return []


def _shown(line: bytes, query: Query) -> bytes:
    stamp, _, rest = line.partition(b" ")
    _stream, _, rest = rest.partition(b" ")
    tag, _, text = rest.partition(b" ")
    if query.since is not None and _moment(stamp) < query.since:
        return b""
    if tag == b"P":
        text = text.removesuffix(b"\n")
    return stamp + b" " + text if query.timestamps else text


def _moment(stamp: bytes) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(stamp.decode()[:26] + "+00:00")
    except ValueError:
        return dt.datetime.min.replace(tzinfo=dt.UTC)
