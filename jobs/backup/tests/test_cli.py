"""The command line: events, exit codes, one error line, no secret anywhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from backup.cli import run
from backup.failure import Code

if TYPE_CHECKING:
    from pathlib import Path

    from jobs.backup.tests.conftest import Bucket, Command, Running, Server

pytestmark = pytest.mark.e2e


def test_the_five_commands_work_together(command: Command, tmp_path: Path) -> None:
    """Capture, verify, list, status and restore agree about one point."""
    captured = command("capture", "--tier", "hourly").events[-1]
    proven = command("verify").events[-1]
    point, listed = command("list", "--tier", "hourly").events
    status = command("status").events[-1]
    restored = command("restore", "--to", str(tmp_path / "back.db"), "--point", captured["point"]).events[-1]
    names = [event["event"] for event in (captured, proven, point, listed, status, restored)]
    assert names == ["captured", "proven", "point", "listed", "status", "restored"]
    for key in ("series", "tier", "point", "rows", "tables", "bytes", "sha256", "integrity", "foreign_keys"):
        assert [captured[key]] * 3 == [proven[key], point[key], restored[key]]
    assert (captured["rows"], captured["integrity"], captured["foreign_keys"]) == (210, "ok", 0)
    assert captured["stored_bytes"] > 0
    assert status["newest"]["hourly"]["point"] == status["newest_proven"]["point"] == captured["point"]
    assert status["newest"]["daily"] is None
    assert (point["proven"], listed["points"]) == (True, 1)


def test_a_failing_verify_ends_with_its_code(command: Command, bucket: Bucket) -> None:
    """A damaged point makes `verify` end with 13, and one clear line."""
    point = command("capture", "--tier", "daily").events[-1]["point"]
    data = bucket.folder / f"daily/series/{point}/data.zst"
    data.write_bytes(data.read_bytes()[:-1] + b"x")
    ended = command("verify", "--point", point)
    assert (ended.code, ended.failed["code"]) == (13, 13)
    assert "Traceback" not in ended.err + ended.out


@pytest.mark.parametrize(
    ("arguments", "environ", "code"),
    [
        ((), {}, Code.USAGE),
        (("frob",), {}, Code.USAGE),
        (("capture",), {}, Code.USAGE),
        (("capture", "--tier", "weekly"), {}, Code.USAGE),
        (("capture", "--tier", "hourly"), {"BACKUP_REGION": ""}, Code.USAGE),
        (("capture", "--tier", "hourly"), {"BACKUP_SCRATCH": "/does/not/exist"}, Code.USAGE),
        (("capture", "--tier", "hourly"), {"BACKUP_DATABASE": "/does/not/exist.db"}, Code.SOURCE_MISSING),
        (("capture", "--tier", "hourly"), {"BACKUP_BUCKET": "not-there"}, Code.NO_STORE),
        (("verify",), {"BACKUP_SECRET_ACCESS_KEY": "canary"}, Code.ACCESS_DENIED),
        (("verify",), {}, Code.NO_POINT),
        (("verify", "--copy"), {}, Code.USAGE),
    ],
)
def test_bad_input_is_one_line_and_a_code(  # noqa: PLR0913, PLR0917 - fixtures
    command: Command,
    arguments: tuple[str, ...],
    environ: dict[str, str],
    code: Code,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each bad input ends with its code and one JSON line on standard error: no trace, no secret."""
    for name, value in (command.environ | environ).items():
        monkeypatch.setenv(name, value)
    ended = run(arguments, os.environ)
    written = capsys.readouterr()
    (line,) = written.err.splitlines()
    failed = json.loads(line)
    assert (ended, failed["event"], failed["code"]) == (code, "failed", code)
    assert failed["message"]
    assert "canary" not in written.out + written.err


def test_a_partial_capture_ends_with_its_code(command: Command, server: Server) -> None:
    """When the second store fails, the point is there, the failure is told, and the exit code is 3."""
    second = server.bucket().environ("BACKUP_COPY_") | {"BACKUP_COPY_BUCKET": "not-there"}
    ended = command("capture", "--tier", "hourly", **second)
    assert ended.code == Code.PARTIAL
    assert ended.events[-1]["stores"] == ["primary"]
    assert list(ended.events[-1]["failed"]) == ["copy"]


def test_no_secret_is_in_any_line(command: Command, server: Server, bucket: Bucket) -> None:
    """Neither key is in any output, in the process's arguments or in the bucket, whatever the run does."""
    ended = [command("capture", "--tier", "hourly"), command("status"), command("verify", BACKUP_BUCKET="not-there")]
    text = "".join(each.out + each.err for each in ended)
    text += "".join((bucket.folder / key).read_text(errors="replace") for key in bucket.objects())
    assert server.secret not in text
    assert server.access not in text


def test_sigterm_leaves_nothing(
    running: Running, command: Command, database: Path, scratch: Path, bucket: Bucket
) -> None:
    """A run that is told to stop ends with 143, empties its scratch and leaves nothing in the bucket."""
    with running("hold.py", str(database), "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE"):
        process = command.start("capture", "--tier", "hourly", BACKUP_BUSY_SECONDS="3")
        deadline = time.monotonic() + 20
        while not any(scratch.glob("*/snapshot.db")) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        ended = command.wait(process)
    assert (ended.code, ended.failed["reason"]) == (143, "terminated")
    assert list(scratch.iterdir()) == []
    assert bucket.objects() == []


def test_output_that_nobody_reads_is_one_line(command: Command) -> None:
    """When the reader of standard output has gone, the run ends with one line that says so, and no trace."""
    process = command.start("version")
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    (line,) = process.stderr.read().splitlines()
    assert process.wait(timeout=30) == Code.UNEXPECTED
    assert "Standard output was closed" in json.loads(line)["message"]


def test_restore_needs_none_of_us(command: Command, bucket: Bucket, tmp_path: Path) -> None:
    """The README's way back works with the zstd command and the sums of the manifest alone."""
    captured = command("capture", "--tier", "hourly").events[-1]
    data = bucket.folder / f"hourly/series/{captured['point']}/data.zst"
    subprocess.run(["zstd", "-q", "-d", data, "-o", tmp_path / "r.db"], check=True, timeout=30)  # noqa: S607 - the user's own
    sums = subprocess.check_output(["/usr/bin/sha256sum", tmp_path / "r.db"], text=True)
    assert captured["sha256"] == sums.split()[0]
