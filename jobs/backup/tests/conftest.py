"""A real S3 server, buckets on it whose objects are plain files, and databases to capture."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, settings
from pydantic import SecretStr

from backup.capture import Job
from backup.point import Tier
from backup.settings import StoreSettings
from backup.store import Store
from backup.vault import Vault
from toolchain.provide import provide
from toolchain.tools import Tool

# A slow machine is no fault of the code: no test here is timed, property tests neither.
settings.register_profile("groundwork", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("groundwork")

SCRIPTS = Path(__file__).parent / "scripts"
START_SECONDS = 20
COMMAND_SECONDS = 60


@dataclass(frozen=True)
class Bucket:
    """A bucket of the test's own.

    Attributes:
        settings: how to reach it.
        folder: its objects as files, to be damaged by tests.
    """

    settings: StoreSettings
    folder: Path

    def environ(self, prefix: str = "BACKUP_") -> dict[str, str]:
        """Write the settings as the job's environment."""
        return {
            f"{prefix}ENDPOINT": self.settings.endpoint,
            f"{prefix}REGION": self.settings.region,
            f"{prefix}BUCKET": self.settings.bucket,
            f"{prefix}ACCESS_KEY_ID": self.settings.access_key_id.get_secret_value(),
            f"{prefix}SECRET_ACCESS_KEY": self.settings.secret_access_key.get_secret_value(),
        }

    def vault(self, series: str = "series") -> Vault:
        """Open it as the job does."""
        return Vault(Store(self.settings, "primary"), series)

    def objects(self) -> list[str]:
        """List the keys of its objects."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*") if path.is_file())


@dataclass(frozen=True)
class Server:
    """A running S3 server."""

    port: int
    root: Path
    access: str
    secret: str

    def bucket(self) -> Bucket:
        """Make a new bucket."""
        name = f"bucket-{secrets.token_hex(6)}"
        folder = self.root / name
        folder.mkdir()
        return Bucket(
            StoreSettings(
                endpoint=f"http://127.0.0.1:{self.port}",
                region="us-east-1",
                bucket=name,
                access_key_id=SecretStr(self.access),
                secret_access_key=SecretStr(self.secret),
            ),
            folder,
        )


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, events on standard output, the text of both streams."""

    code: int
    events: list[dict[str, Any]]
    out: str
    err: str

    @property
    def failed(self) -> dict[str, Any]:
        """The one error line."""
        (line,) = self.err.splitlines()
        event: dict[str, Any] = json.loads(line)
        return event


@dataclass
class Command:
    """Runs a script or ``backup`` itself as a process with only the job's environment."""

    environ: dict[str, str]
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str, script: str = "", **environ: str) -> subprocess.Popen[str]:
        """Start it."""
        program = [str(SCRIPTS / script)] if script else ["-m", "backup.cli"]
        process = subprocess.Popen(
            [sys.executable, *program, *arguments],
            env=self.environ | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.append(process)
        return process

    def wait(self, process: subprocess.Popen[str]) -> Ended:
        """Wait for its end."""
        out, err = process.communicate(timeout=COMMAND_SECONDS)
        return Ended(process.returncode, [json.loads(line) for line in out.splitlines()], out, err)

    def __call__(self, *arguments: str, script: str = "", **environ: str) -> Ended:
        """Run it to its end."""
        return self.wait(self.start(*arguments, script=script, **environ))


Running = Callable[..., AbstractContextManager[subprocess.Popen[str]]]


@contextmanager
def _running(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a script until it says that it is ready, and kill it at the end."""
    command = [sys.executable, str(SCRIPTS / script), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


@pytest.fixture
def running() -> Running:
    """Give a runner of scripts that hold or write to a database."""
    return _running


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run versitygw on a folder for the whole session."""
    binary = provide([Tool.VERSITYGW])[Tool.VERSITYGW]
    root = tmp_path_factory.mktemp("objects")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Server(port, root, f"AK{secrets.token_hex(8)}", f"canary{secrets.token_hex(16)}")
    process = subprocess.Popen(
        [str(binary), "--quiet", "--port", f"127.0.0.1:{port}", "posix", str(root)],
        env={"ROOT_ACCESS_KEY": running.access, "ROOT_SECRET_KEY": running.secret, "HOME": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        yield running
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def bucket(server: Server) -> Bucket:
    """Give a new bucket."""
    return server.bucket()


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """Give an empty scratch volume."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.fixture
def make_database(tmp_path: Path) -> Callable[..., Path]:
    """Give a maker of WAL databases at rest."""

    def make(name: str = "live.db", *, rows: int = 200, width: int = 100) -> Path:
        path = tmp_path / "volume" / name
        path.parent.mkdir(exist_ok=True)
        connection = apsw.Connection(str(path))
        connection.pragma("journal_mode", "wal")
        connection.execute("CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)")
        connection.execute("CREATE TABLE notes(id INTEGER PRIMARY KEY, user INTEGER REFERENCES users(id), body BLOB)")
        with connection:
            connection.executemany("INSERT INTO users VALUES(?, ?)", ((number, f"u{number}") for number in range(10)))
            connection.executemany(
                "INSERT INTO notes(user, body) VALUES(?, ?)", ((n % 10, os.urandom(width)) for n in range(rows))
            )
        connection.close()
        return path

    return make


@pytest.fixture
def database(make_database: Callable[..., Path]) -> Path:
    """Give a small database: 10 users, 200 notes."""
    return make_database()


@pytest.fixture
def make_job(bucket: Bucket, database: Path, scratch: Path) -> Callable[..., Job]:
    """Give a maker of capture jobs."""

    def make(
        *, source: Path = database, tier: Tier = Tier.HOURLY, vaults: list[Vault] | None = None, busy: float = 5
    ) -> Job:
        return Job(source, tier, vaults or [bucket.vault()], scratch, busy)

    return make


@pytest.fixture
def command(bucket: Bucket, database: Path, scratch: Path) -> Iterator[Command]:
    """Give a runner of the command line, on the test's own bucket and database."""
    runner = Command(
        bucket.environ() | {"BACKUP_SERIES": "series", "BACKUP_DATABASE": str(database), "BACKUP_SCRATCH": str(scratch)}
    )
    yield runner
    for process in runner.running:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()
