"""`gw up` on the real engine, API server and S3 server: what a user sees, and what they can do to it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.services.service import Name
from tests.e2e.delivery.runner import CHECKOUT, Ran, Runner, ended

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.conftest import Brought

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("up"), pytest.mark.timeout(900)]

_LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "tests")


@dataclass(frozen=True)
class Again:
    """A second run, over a database of the user's, with a service killed meanwhile.

    Attributes:
        gw: runs commands on the sandbox.
        ran: the run.
        database: the user's file.
        before: its digest before the run.
        killed: id of the process that was killed.
    """

    gw: Runner
    ran: Ran
    database: Path
    before: str
    killed: int


@pytest.fixture(scope="module")
def again(brought: Brought, tmp_path_factory: pytest.TempPathFactory) -> Again:
    """One run for all that a second run shows."""
    gw, path = brought.gw, tmp_path_factory.mktemp("shop") / "my shop.db"
    _make(path, rows=500)
    before, pid = _digest(path), _services(gw)["versitygw"]["pid"]
    process = gw.start("up", database=path)
    os.kill(pid, signal.SIGKILL)
    return Again(gw, ended(process), path, before, pid)


def test_ctrl_c_ends_with_its_documented_code(brought: Brought) -> None:
    """Ctrl-C while the services start ends the run with 130."""
    assert brought.interrupted == 130


def test_a_killed_update_is_healed_by_the_next_run(brought: Brought) -> None:
    """After kill -9 in the middle of the update, the next run releases the state's lock and ends with a proof."""
    assert (brought.killed, brought.healed.code) == (-signal.SIGKILL, 0)
    assert brought.healed.named("engine.healed")


def test_it_ends_with_a_proof(brought: Brought) -> None:
    """The table at the end shows resources, policies and the backup's proof."""
    text = brought.healed.text

    assert "kubernetes:batch/v1:CronJob" in text
    assert "0 mandatory findings" in text
    assert "equal before and after" in text


def test_a_run_over_the_users_database(again: Again) -> None:
    """With every resource the same, none is updated; `DB=` backs up and proves the user's file, and changes nothing."""
    ran = again.ran

    assert (ran.code, ran.named("engine.up.resource")) == (0, []), ran.problem
    row = next(line for line in ran.text.splitlines() if line.startswith("This run"))
    assert row.split()[3] == "same"
    assert "," not in row
    assert "500 in 1 tables" in ran.text
    assert len(ran.named("backup.proof.finished")) == 1
    assert (again.before, _rows(again.database)) == (_digest(again.database), 500)


def test_a_service_killed_meanwhile_is_started_again(again: Again) -> None:
    """The S3 server, killed -9 while that run went on, is another process now, and the run came to its proof."""
    after = _services(again.gw)["versitygw"]

    assert (0, "ready", True) == (again.ran.code, after["state"], after["pid"] != again.killed)


def test_a_corrupt_database_is_named_as_such(brought: Brought, tmp_path: Path) -> None:
    """A database with an overwritten page ends with exit code 10, and the file stays as it was."""
    path = tmp_path / "corrupt.db"
    _make(path, rows=5000)
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 4))
    before = _digest(path)

    ran = brought.gw.run("up", database=path)

    assert (ran.code, _digest(path)) == (10, before)
    assert "cannot be backed up" in ran.problem["message"]


def test_a_missing_database_stops_before_anything_starts(tmp_path: Path) -> None:
    """A wrong `DB=` ends with exit code 10 and leaves no sandbox behind."""
    gw = Runner(tmp_path / ".sandbox")

    ran = gw.run("up", database=tmp_path / "none.db")

    assert (ran.code, gw.root.exists()) == (10, False)


def test_an_unknown_key_is_refused_in_no_time(tmp_path: Path) -> None:
    """A misspelt key of the stack file ends with exit code 3 before anything starts, and the nearest key is named."""
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT, checkout, ignore=_LEFT_OUT)
    stack = checkout / "Pulumi.local.yaml"
    stack.write_text(stack.read_text().replace("groundwork:storageClass:", "groundwork:storageClas:"))
    gw = Runner(tmp_path / ".sandbox", checkout)

    ran = gw.run("up")

    assert (ran.code, gw.root.exists()) == (3, False)
    assert "groundwork:storageClas" in ran.problem["message"]
    assert "storageClass" in ran.problem["message"].partition("groundwork:storageClas:")[2]


def test_no_secret_is_readable(brought: Brought) -> None:
    """The S3 server's secret key is in no log, no event and nowhere in the engine's state."""
    root = brought.gw.root
    keys: dict[str, Any] = json.loads((root / "connections.json").read_bytes())
    with open(keys["object_store_keys"]) as file:  # noqa: PTH123 - the path is as recorded
        secret = json.load(file)["secret_access_key"].encode()
    places = [path for folder in ("logs", "pulumi") for path in (root / folder).rglob("*") if path.is_file()]

    assert len(places) > 10
    assert [path for path in places if secret in path.read_bytes()] == []


def test_status_shows_every_service(brought: Brought) -> None:
    """`gw status` lists the services as ready, each with a process, a port and its memory."""
    rows = _services(brought.gw)

    assert [*Name] == [*rows]
    assert {("ready", True, True, True)} == {
        (row["state"], row["pid"] > 0, row["port"] > 0, row["rss"] > 0) for row in rows.values()
    }


def test_logs_of_a_service_are_shown(brought: Brought) -> None:
    """`gw logs node` prints what the node said; an unknown name ends with 2 and lists the known ones."""
    known, unknown = brought.gw.run("logs", "node", "-n", "500"), brought.gw.run("logs", "nod")

    assert "node.starting" in known.text
    assert (unknown.code, "versitygw" in unknown.problem["allowed"]) == (2, True)


def _services(gw: Runner) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in json.loads(gw.run("status", "--output", "json").text)}


def _make(path: Path, rows: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT NOT NULL)")
    connection.executemany("INSERT INTO orders (note) VALUES (?)", ((f"order {n}" * 9,) for n in range(rows)))
    connection.commit()
    connection.close()


def _rows(path: Path) -> int:
    connection = sqlite3.connect(path)
    count = int(connection.execute("SELECT count(*) FROM orders").fetchone()[0])
    connection.close()
    return count


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
