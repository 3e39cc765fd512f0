"""Capture and restore of a 1 GiB database, against the same tools used one after the other in the same run.

Ours also reads back, restores and checks what it stored, and writes a manifest and a proof; the floor trusts. So a
capture is held against what the floor needs for its capture and its restore together. Memory: 256 MiB at any size.
"""

from __future__ import annotations

import json
import os
import random
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from tests.bench.figure import Figure
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

_GIB = 1 << 30
_MIB = 1 << 20
_ROUNDS = 2
_START_SECONDS = 20
_RUN_SECONDS = 600
_MEMORY_LIMIT_MIB = 256.0
_RESTORE_LIMIT = 60.0
"""Seconds for 1 GiB, as the backup's restore target has it."""

_FLOOR = Path(__file__).with_name("vault_floor.py")
_BUCKET = "bench"


def run(work: Path) -> list[Figure]:
    """Measure both sides in turn, twice, and keep the better run of each."""
    folder = work / "vault"
    shutil.rmtree(folder, ignore_errors=True)
    scratch = folder / "scratch"
    scratch.mkdir(parents=True)
    database = folder / "source.db"
    try:
        _fill(database, _GIB)
        with _server(folder / "objects") as environ:
            return _measure(database, scratch, environ)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(database: Path, scratch: Path, environ: dict[str, str]) -> list[Figure]:
    job = environ | {"BACKUP_SERIES": "bench", "BACKUP_DATABASE": str(database), "BACKUP_SCRATCH": str(scratch)}
    ours = [sys.executable, "-m", "backup.cli"]
    floor = [sys.executable, str(_FLOOR)]
    rest = [str(database), str(scratch), environ["BACKUP_ENDPOINT"], _BUCKET]
    back = scratch / "restored.db"
    seconds: dict[str, list[float]] = {}
    peak = 0.0
    for _ in range(_ROUNDS):
        for name, command in (
            ("floor.capture", [*floor, "capture", *rest]),
            ("capture", [*ours, "capture", "--tier", "hourly"]),
            ("floor.restore", [*floor, "restore", *rest]),
            ("restore", [*ours, "restore", "--to", str(back)]),
        ):
            taken, memory = _timed(command, job)
            seconds.setdefault(name, []).append(taken)
            peak = peak if name.startswith("floor") else max(peak, memory)
        back.unlink()
    best = {name: min(values) for name, values in seconds.items()}
    by_hand = best["floor.capture"] + best["floor.restore"]
    peer = "backup API, zstd -3 -T2, boto3, and back, in turn"
    return [
        Figure.of("vault.capture_1gib", best["capture"], "s", peer=peer, peer_value=by_hand),
        Figure.of(
            "vault.restore_1gib",
            best["restore"],
            "s",
            peer="boto3, zstd -d, integrity_check in turn",
            peer_value=best["floor.restore"],
            limit=_RESTORE_LIMIT,
        ),
        Figure.of("vault.memory_1gib", peak, "MiB", limit=_MEMORY_LIMIT_MIB),
    ]


def _timed(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Seconds and the most resident MiB of one process."""
    started = time.monotonic()
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        limit = threading.Timer(_RUN_SECONDS, process.kill)
        limit.start()
        output = process.stdout.read() if process.stdout else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        limit.cancel()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {_last(output)}")
    return time.monotonic() - started, usage.ru_maxrss / 1024


def _last(output: str) -> str:
    lines = output.splitlines()
    return json.dumps(lines[-1]) if lines else "it said nothing"


def _fill(path: Path, size: int) -> None:
    """Write a WAL database of rows of text, about three times as large as what zstd makes of it."""
    dice = random.Random(7)  # noqa: S311 - a fixed seed, so that every run has the same rows
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    words = ["".join(dice.choices(letters, range(len(letters), 0, -1), k=dice.randint(2, 10))) for _ in range(20_000)]
    text = " ".join(dice.choices(words, [1 / rank for rank in range(1, len(words) + 1)], k=6_000_000))
    connection = apsw.Connection(str(path))
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "OFF")
    connection.execute("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)")
    connection.execute("CREATE TABLE messages(id INTEGER PRIMARY KEY, user INTEGER REFERENCES users(id), body TEXT)")
    connection.execute("CREATE INDEX by_user ON messages(user)")
    with connection:
        connection.executemany("INSERT INTO users VALUES(?, ?)", ((number, f"user {number}") for number in range(1000)))
    while int(connection.pragma("page_count")) * int(connection.pragma("page_size")) < size:
        starts = [dice.randrange(len(text) - 1200) for _ in range(20_000)]
        rows = ((dice.randrange(1000), text[start : start + dice.randint(200, 1200)]) for start in starts)
        with connection:
            connection.executemany("INSERT INTO messages(user, body) VALUES(?, ?)", rows)
    connection.close()


@contextmanager
def _server(root: Path) -> Iterator[dict[str, str]]:
    """Run versitygw on `root`; gives the environment that both sides need."""
    binary = provide([Tool.VERSITYGW])[Tool.VERSITYGW]
    (root / _BUCKET).mkdir(parents=True)
    access, secret = secrets.token_hex(8), secrets.token_hex(16)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    keys = {"ROOT_ACCESS_KEY": access, "ROOT_SECRET_KEY": secret, "HOME": str(root)}
    command = [str(binary), "--quiet", "--port", f"127.0.0.1:{port}", "posix", str(root)]
    with subprocess.Popen(command, env=keys, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield {
                "PATH": os.defpath,
                "AWS_ACCESS_KEY_ID": access,
                "AWS_SECRET_ACCESS_KEY": secret,
                "AWS_DEFAULT_REGION": "us-east-1",
                "BACKUP_ENDPOINT": f"http://127.0.0.1:{port}",
                "BACKUP_REGION": "us-east-1",
                "BACKUP_BUCKET": _BUCKET,
                "BACKUP_ACCESS_KEY_ID": access,
                "BACKUP_SECRET_ACCESS_KEY": secret,
            }
        finally:
            process.kill()


def _wait(port: int) -> None:
    """Wait until the server listens."""
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
