"""What goes wrong around a sandbox, and how the next start heals it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import psutil
import pytest

from sandbox import processes
from sandbox.layout import Layout
from sandbox.loopback import LOOPBACK
from sandbox.ports import Ports, is_free
from sandbox.services.service import Name
from sandbox.supervisor.state import State
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sandbox.processes import Identity
    from sandbox.sandbox import Sandbox
    from toolchain.events import Event

pytestmark = pytest.mark.e2e

_STORE = Name.OBJECT_STORE
_START = """
import sys; from pathlib import Path
from sandbox.sandbox import Sandbox
from toolchain.tools import Tool
without = frozenset(sys.argv[3].split(","))
print(Sandbox(Path(sys.argv[1]), {Tool.VERSITYGW: Path(sys.argv[2])}, without=without).start().model_dump_json())
"""


def _state(sandbox: Sandbox) -> State:
    state = State.load(sandbox.layout.state)
    assert state is not None
    return state


def _elsewhere(sandbox: Sandbox, binaries: Mapping[str, Path]) -> subprocess.Popen[str]:
    """The same start, in another process."""
    without = ",".join(name for name in Name if name is not _STORE)
    command = [sys.executable, "-c", _START, str(sandbox.layout.root), str(binaries[_STORE]), without]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _kill(identity: Identity) -> None:
    """Kill a process and wait until it is gone: the kernel does so soon, not at once."""
    os.kill(identity.pid, signal.SIGKILL)
    assert [] == _left([identity])


def _left(identities: Sequence[Identity]) -> list[str]:
    """Those that live on; they are given some time to end."""
    deadline = time.monotonic() + 10
    while any(identity.alive for identity in identities) and time.monotonic() < deadline:
        time.sleep(0.02)
    return [identity.command for identity in identities if identity.alive]


@contextlib.contextmanager
def _listening(port: int) -> Iterator[None]:
    with socket.socket() as stranger:
        stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        stranger.bind((LOOPBACK, port))
        stranger.listen()
        yield


def test_a_stopped_sandbox_leaves_no_process(small: Callable[..., Sandbox]) -> None:
    """All are stopped, and the status says so."""
    sandbox = small()
    sandbox.start()
    ran = _state(sandbox).processes

    sandbox.stop()

    left = [identity for identity in ran if identity.alive]
    assert ([], [("stopped", None, 0)]) == (left, [(s.state, s.pid, s.rss) for s in sandbox.status()])


def test_addresses_and_keys_stay_from_start_to_start(small: Callable[..., Sandbox]) -> None:
    """So the engine sees no difference."""
    sandbox = small()
    first = sandbox.start()
    keys = first.keys()

    sandbox.stop()

    again = sandbox.start()
    assert (first, keys) == (again, again.keys())


def test_stopping_twice_or_what_never_ran_is_no_fault(small: Callable[..., Sandbox]) -> None:
    """There is nothing to do, and nothing is made."""
    sandbox = small()

    sandbox.stop()
    sandbox.purge()

    assert not sandbox.layout.root.exists()


def test_a_killed_supervisor_takes_its_services_along(small: Callable[..., Sandbox]) -> None:
    """The kernel ends them: no orphan holds a port or a file."""
    sandbox = small()
    sandbox.start()
    ran = _state(sandbox).processes

    _kill(ran[0])

    assert [] == _left(ran)


def test_the_start_after_a_killed_supervisor_heals(small: Callable[..., Sandbox]) -> None:
    """The same address from another process."""
    sandbox = small()
    first = sandbox.start()
    _kill(_state(sandbox).supervisor)

    again = sandbox.start()

    assert (first, True) == (again, _state(sandbox).ready)


def test_what_an_earlier_run_left_behind_is_ended(small: Callable[..., Sandbox]) -> None:
    """A process with the sandbox's mark and no supervisor is an orphan; another sandbox's is not."""
    sandbox = small()
    sandbox.start()
    sandbox.stop()
    mine, other = (
        subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(60)"], env={**os.environ, processes.MARK: str(root)}
        )
        for root in (sandbox.layout.root, sandbox.layout.root.parent / "other")
    )

    sandbox.start()

    ended = mine.poll() is not None, other.poll() is not None
    other.kill()
    other.wait()
    mine.kill()
    mine.wait()
    assert (True, False) == ended


def test_two_starts_at_once_share_one_sandbox(small: Callable[..., Sandbox], binaries: Mapping[str, Path]) -> None:
    """One starts it, the others wait and are told the same."""
    sandbox = small()
    starts = [_elsewhere(sandbox, binaries) for _ in range(2)]

    told = {start.communicate(timeout=60)[0].strip() for start in starts}

    supervisors = [one for one in processes.marked(sandbox.layout.root) if "sandbox.supervisor" in one.command]
    assert ({sandbox.start().model_dump_json()}, 1) == (told, len(supervisors))


@pytest.mark.parametrize("reached", ["start.lock", "credentials/ca.crt", "connections.json", "state.json"])
def test_a_start_killed_in_the_middle_is_taken_up(
    small: Callable[..., Sandbox], binaries: Mapping[str, Path], reached: str
) -> None:
    """Whatever it had come to, the next start ends ready, with one supervisor."""
    sandbox = small()
    cut = _elsewhere(sandbox, binaries)
    while not (sandbox.layout.root / reached).exists() and cut.poll() is None:
        time.sleep(0.002)
    cut.kill()
    cut.communicate()

    sandbox.start()

    supervisors = [one for one in processes.marked(sandbox.layout.root) if "sandbox.supervisor" in one.command]
    assert (True, 1) == (_state(sandbox).ready, len(supervisors))


@pytest.mark.parametrize(("ahead_seconds", "anew"), [(3600.0, True), (-3600.0, False), (5.0, False)])
def test_a_clock_set_back_asks_for_a_new_run(
    small: Callable[..., Sandbox], ahead_seconds: float, *, anew: bool
) -> None:
    """Tokens from the future are refused by the API server; a clock set forward or nudged is no matter."""
    sandbox = small()
    first = sandbox.start()
    before = _state(sandbox)
    before.model_copy(update={"clock_offset": before.clock_offset + ahead_seconds}).save(sandbox.layout.state)

    again = sandbox.start()

    assert (first, anew) == (again, before.supervisor != _state(sandbox).supervisor)


def test_a_full_disk_is_told_before_anything_starts(
    small: Callable[..., Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 7, and no process."""
    sandbox = small()
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=1024))

    with pytest.raises(Problem) as problem:
        sandbox.start()

    assert (ExitCode.NO_SPACE, []) == (problem.value.exit_code, processes.marked(sandbox.layout.root))


def _pretend_gone(sandbox: Sandbox) -> None:
    """As after a full disk: the file says that the server is ready, and its process is no more."""
    state = _state(sandbox)
    process = state.services[_STORE].process
    assert process is not None
    state.services[_STORE].process = process.model_copy(update={"started": process.started - 1})
    state.save(sandbox.layout.state)


def test_a_disk_that_filled_up_is_told_at_once(small: Callable[..., Sandbox], monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 7: a service that ended for want of room is not waited for."""
    sandbox = small()
    sandbox.start()
    _pretend_gone(sandbox)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=1024))

    with pytest.raises(Problem) as problem:
        sandbox.start()

    assert ExitCode.NO_SPACE == problem.value.exit_code


def test_a_service_that_is_gone_is_not_told_to_be_ready(small: Callable[..., Sandbox]) -> None:
    """Whatever the file says."""
    sandbox = small()
    sandbox.start()
    _pretend_gone(sandbox)

    assert [("restarting", None)] == [(one.state, one.pid) for one in sandbox.status() if one.name == _STORE]


def test_a_taken_port_is_left_to_who_has_it(small: Callable[..., Sandbox]) -> None:
    """The service moves, and an event says from where to where."""
    sandbox = small()
    sandbox.start()
    sandbox.stop()
    old = Ports(sandbox.layout.ports).recorded()[_STORE]
    events: list[Event] = []

    with _listening(old):
        connections = sandbox.start(events.append)

    new = Ports(sandbox.layout.ports).recorded()[_STORE]
    moved = [dict(event.fields) for event in events if event.name == "sandbox.port.taken"]
    expected = ([{"service": _STORE, "port": old, "new_port": new}], f"http://{LOOPBACK}:{new}")
    assert expected == (moved, connections.object_store)


@pytest.mark.parametrize("lost", ["connections.json", "credentials/admin.kubeconfig"])
def test_an_address_file_that_was_lost_is_written_again(small: Callable[..., Sandbox], lost: str) -> None:
    """The services run on: only what tells of them was missing."""
    sandbox = small()
    first, before = sandbox.start(), _state(sandbox).supervisor
    (sandbox.layout.root / lost).unlink()

    again = sandbox.start()

    there = (sandbox.layout.root / lost).is_file()
    assert (first, before, True) == (again, _state(sandbox).supervisor, there)


def test_a_lost_key_is_made_anew_and_the_services_with_it(small: Callable[..., Sandbox]) -> None:
    """What runs with a key that nobody has any more is of no use."""
    sandbox = small()
    first = sandbox.start().keys()
    before = _state(sandbox).supervisor
    sandbox.start().object_store_keys.unlink()

    second = sandbox.start().keys()

    assert (True, True) == (first != second, before != _state(sandbox).supervisor)


def test_a_supervisor_that_does_not_detach_is_told_in_time(
    small: Callable[..., Sandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 9, and nothing is left running."""
    sandbox = small()
    monkeypatch.setattr("sandbox.launch._DETACH_SECONDS", 0.001)

    with pytest.raises(Problem) as problem:
        sandbox.start()

    assert (ExitCode.TIMEOUT, []) == (problem.value.exit_code, processes.marked(sandbox.layout.root))


def test_another_executable_is_put_in_place(small: Callable[..., Sandbox], binaries: Mapping[str, Path]) -> None:
    """A running sandbox of an older build is stopped and started anew."""
    sandbox = small()
    sandbox.start()
    before = _state(sandbox).supervisor
    newer = sandbox.layout.root.parent / "versitygw"
    newer.symlink_to(binaries[_STORE])

    small({_STORE: newer}).start()

    assert (False, True) == (before.alive, before != _state(sandbox).supervisor)


def test_a_service_that_dies_at_start_is_named_with_its_last_words(
    small: Callable[..., Sandbox], tmp_path: Path
) -> None:
    """Exit code 6, the log's path and its last lines; nothing is left running."""
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\necho 'flag provided but not defined'\nexit 3\n")
    broken.chmod(0o700)
    sandbox = small({_STORE: broken})

    with pytest.raises(Problem) as problem:
        sandbox.start()

    said = (
        problem.value.exit_code,
        "ended with exit code 3" in problem.value.what,
        str(sandbox.log_path(_STORE)) in problem.value.where,
        "flag provided but not defined" in problem.value.where,
        processes.marked(sandbox.layout.root),
    )
    assert (ExitCode.SANDBOX, True, True, True, []) == said


def test_a_mended_service_comes_up_at_the_next_start(small: Callable[..., Sandbox], tmp_path: Path) -> None:
    """A failed start leaves nothing that would fail the next one."""
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o700)
    with pytest.raises(Problem):
        small({_STORE: broken}).start()

    small().start()

    assert _state(small()).ready


def test_a_folder_of_another_version_is_purged_and_made_anew(small: Callable[..., Sandbox]) -> None:
    """First the problem, then what it advises, then a sandbox."""
    sandbox = small()
    sandbox.layout.root.mkdir(parents=True)
    sandbox.layout.marker.write_text('{"version": 99}')
    with pytest.raises(Problem, match="another version"):
        sandbox.start()

    sandbox.purge()
    sandbox.start()

    assert Layout(sandbox.layout.root).version() == 1


def test_purge_ends_what_runs_and_removes_all(small: Callable[..., Sandbox]) -> None:
    """Nothing is left, neither a process nor a file."""
    sandbox = small()
    sandbox.start()
    ran = _state(sandbox).processes

    sandbox.purge()

    assert ([], False) == ([one for one in ran if one.alive], sandbox.layout.root.exists())


def test_the_supervisor_belongs_to_no_terminal(small: Callable[..., Sandbox]) -> None:
    """It leads a session of its own, so that Ctrl-C in the terminal does not reach it."""
    sandbox = small()
    sandbox.start()
    pid = _state(sandbox).supervisor.pid

    assert (pid, None) == (os.getsid(pid), psutil.Process(pid).terminal())


def test_an_unknown_service_has_no_log(small: Callable[..., Sandbox]) -> None:
    """The message lists those that there are."""
    with pytest.raises(Problem) as problem:
        small().log_path("redis")

    assert (ExitCode.USAGE, True) == (problem.value.exit_code, "versitygw" in problem.value.allowed)


def test_a_port_is_free_until_someone_listens(tmp_path: Path) -> None:
    """And not again before they stop."""
    port = Ports(tmp_path / "ports.json").assign(["a"], lambda _event: None)["a"]
    before = is_free(port)
    with _listening(port):
        during = is_free(port)

    assert (True, False, True) == (before, during, is_free(port))
