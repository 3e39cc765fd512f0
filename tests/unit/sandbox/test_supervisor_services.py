"""The supervisor with small programs in the services' place."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from sandbox import processes
from sandbox.layout import Layout
from sandbox.services.service import Name, Service
from sandbox.supervisor.keeper import Policy
from sandbox.supervisor.log import tail
from sandbox.supervisor.state import Phase, State
from sandbox.supervisor.supervisor import Supervisor, waves
from toolchain import files

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

_QUICK = Policy(pauses=(0.01, 0.01, 0.01), poll_seconds=0.01, watch_seconds=0.05, deaf_answers=2)
_SERVE = "import pathlib, time, sys; print('serving'); pathlib.Path(sys.argv[1]).touch(); time.sleep(60)"


@dataclass(frozen=True)
class _FileProbe:
    """Ready once the file is there."""

    path: Path

    async def ready(self) -> bool:
        return self.path.exists()


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A prepared folder."""
    made = Layout(tmp_path / ".sandbox")
    made.prepare()
    return made


def _service(layout: Layout, name: Name, code: str = _SERVE, *needs: Name) -> Service:
    flag = layout.root / f"{name}.ready"
    return Service(
        name=name,
        command=(sys.executable, "-c", code, str(flag)),
        folder=layout.root,
        port=1,
        probe=_FileProbe(flag),
        environment={"PATH": os.environ["PATH"]},
        needs=needs,
        stop_seconds=2.0,
    )


def _run(layout: Layout, *services: Service, then: Callable[[Supervisor], Awaitable[None]] | None = None) -> bool:
    """Run the services, do something while they run, stop them; whether they came up."""

    async def main() -> bool:
        supervisor = Supervisor(layout, services, "run", "print", _QUICK)
        task = asyncio.create_task(supervisor.run())
        if then is not None:
            await asyncio.wait_for(then(supervisor), 30)
            os.kill(os.getpid(), signal.SIGTERM)
        return await asyncio.wait_for(task, 30)

    return asyncio.run(main())


def _state(layout: Layout) -> State:
    state = State.load(layout.state)
    assert state is not None
    return state


async def _until(layout: Layout, condition: Callable[[State], bool]) -> State:
    while True:
        state = State.load(layout.state)
        if state is not None and condition(state):
            return state
        await asyncio.sleep(0.01)


def test_services_are_ready_then_stopped(layout: Layout) -> None:
    """SIGTERM ends an orderly life, and no process is left."""
    seen: list[State] = []

    async def look(_supervisor: Supervisor) -> None:
        seen.append(await _until(layout, lambda state: state.ready))

    came_up = _run(layout, _service(layout, Name.ETCD), _service(layout, Name.AWS), then=look)

    phases = {record.phase for record in _state(layout).services.values()}
    left = [identity for identity in seen[0].processes[1:] if identity.alive]
    assert (True, {Phase.STOPPED}, []) == (came_up, phases, left)


def test_a_sandbox_that_is_being_stopped_is_not_told_to_be_ready(layout: Layout) -> None:
    """Who starts it meanwhile waits for the end, and does not lean on services about to go."""
    slow = f"import signal, time; signal.signal(signal.SIGTERM, lambda *_: time.sleep(0.5) or exit()); {_SERVE}"
    seen: list[State] = []

    async def look(_supervisor: Supervisor) -> None:
        await _until(layout, lambda state: state.ready)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.2)
        seen.append(_state(layout))

    _run(layout, _service(layout, Name.ETCD, slow), then=look)

    assert (False, Phase.STOPPING) == (seen[0].ready, seen[0].services[Name.ETCD].phase)


def test_a_state_that_found_no_room_is_written_once_there_is(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a full disk the file does not go on telling of services that have ended."""
    seen: list[State] = []
    real = files.write

    def full(path: Path, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    async def fill_up(_supervisor: Supervisor) -> None:
        state = await _until(layout, lambda state: state.ready)
        monkeypatch.setattr(files, "write", full)
        process = state.services[Name.AWS].process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        await asyncio.sleep(0.3)
        seen.append(_state(layout))
        monkeypatch.setattr(files, "write", real)
        seen.append(await _until(layout, lambda state: state.ready and state.services[Name.AWS].restarts == 1))

    _run(layout, _service(layout, Name.AWS), then=fill_up)

    # What it said meanwhile was old, and was not taken for the truth.
    assert (Phase.READY, False) == (seen[0].services[Name.AWS].phase, seen[0].ready)


def test_a_service_waits_for_those_that_it_needs(layout: Layout) -> None:
    """It is started when they are ready, not when they are started."""
    code = f"import pathlib, sys; assert pathlib.Path('{Name.ETCD}.ready').exists(); {_SERVE}"

    async def look(_supervisor: Supervisor) -> None:
        await _until(layout, lambda state: state.ready)

    services = (_service(layout, Name.ETCD), _service(layout, Name.API_SERVER, code, Name.ETCD))
    _run(layout, *services, then=look)

    assert _state(layout).services[Name.API_SERVER].restarts == 0


def test_a_service_that_is_killed_is_started_again(layout: Layout) -> None:
    """Another process takes its place, and the record says why."""
    seen: list[State] = []

    async def kill(_supervisor: Supervisor) -> None:
        seen.append(await _until(layout, lambda state: state.ready))
        first = seen[0].services[Name.AWS].process
        assert first is not None
        os.kill(first.pid, signal.SIGKILL)
        seen.append(await _until(layout, lambda state: state.ready and state.services[Name.AWS].restarts == 1))

    _run(layout, _service(layout, Name.AWS), then=kill)

    before, after = (state.services[Name.AWS] for state in seen)
    assert (True, "killed by signal 9") == (before.process != after.process, after.reason)


def test_a_service_that_keeps_ending_is_given_up_and_leaves_the_others_alone(layout: Layout) -> None:
    """As many starts as there are pauses, then it has failed; the other one runs on."""
    once = "import pathlib, sys, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(0.1); sys.exit(3)"
    seen: list[State] = []

    async def look(_supervisor: Supervisor) -> None:
        seen.append(await _until(layout, lambda state: bool(state.failed)))

    came_up = _run(layout, _service(layout, Name.AWS, once), _service(layout, Name.ETCD), then=look)

    record = seen[0].services[Name.AWS]
    expected = (True, len(_QUICK.pauses), "ended with exit code 3", Phase.READY)
    assert expected == (came_up, record.restarts, record.reason, seen[0].services[Name.ETCD].phase)


def test_a_service_that_never_comes_up_ends_the_run(layout: Layout) -> None:
    """It is tried twice; then everything is stopped, and the state names it with its reason."""
    broken = "import sys; print('no such option', flush=True); sys.exit(7)"

    came_up = _run(layout, _service(layout, Name.ETCD), _service(layout, Name.AWS, broken))

    state = _state(layout)
    expected = (False, [Name.AWS], "ended before it was ready: ended with exit code 7", Phase.STOPPED)
    assert expected == (
        came_up,
        state.failed,
        state.services[Name.AWS].reason,
        state.services[Name.ETCD].phase,
    )


def test_what_a_service_prints_is_in_its_log(layout: Layout) -> None:
    """Also the last words of one that does not come up, both times."""
    broken = "import sys; print('no such option', flush=True); print('bye', file=sys.stderr); sys.exit(7)"

    _run(layout, _service(layout, Name.AWS, broken))

    assert ["no such option", "bye"] * 2 == tail(layout.log(Name.AWS), 10)


def test_a_missing_executable_is_a_reason_like_any_other(layout: Layout) -> None:
    """The reason names the file."""
    service = replace(_service(layout, Name.AWS), command=("/nowhere/moto",))

    came_up = _run(layout, service)

    reason = _state(layout).services[Name.AWS].reason
    assert (False, "cannot be started: No such file or directory: /nowhere/moto") == (came_up, reason)


def test_a_service_that_is_not_ready_in_time_is_given_up(layout: Layout) -> None:
    """A start has a limit."""
    service = replace(_service(layout, Name.AWS, "import time; time.sleep(60)"), ready_seconds=0.1)

    came_up = _run(layout, service)

    assert (False, "was not ready within 0 s") == (came_up, _state(layout).services[Name.AWS].reason)


def test_a_service_that_no_longer_answers_is_started_again(layout: Layout) -> None:
    """A hung process is as good as none."""
    service = _service(layout, Name.AWS)
    seen: list[State] = []

    async def silence(_supervisor: Supervisor) -> None:
        await _until(layout, lambda state: state.ready)
        (layout.root / f"{Name.AWS}.ready").unlink()
        seen.append(await _until(layout, lambda state: state.ready and state.services[Name.AWS].restarts == 1))

    _run(layout, service, then=silence)

    assert seen[0].services[Name.AWS].reason == "did not answer 2 times in a row"


def test_work_after_ready_comes_before_those_who_need_it(layout: Layout) -> None:
    """What a service has to hold first is there when the next one starts."""
    prepared = layout.root / "prepared"
    code = f"import pathlib; assert pathlib.Path('prepared').exists(); {_SERVE}"
    first = replace(_service(layout, Name.ETCD), after_ready=prepared.touch)

    async def look(_supervisor: Supervisor) -> None:
        await _until(layout, lambda state: state.ready)

    _run(layout, first, _service(layout, Name.AWS, code, Name.ETCD), then=look)

    assert _state(layout).services[Name.AWS].restarts == 0


def test_first_work_that_fails_is_a_failed_start(layout: Layout) -> None:
    """Its message is the reason."""

    def refuse() -> None:
        raise RuntimeError("forbidden")

    came_up = _run(layout, replace(_service(layout, Name.ETCD), after_ready=refuse))

    reason = _state(layout).services[Name.ETCD].reason
    assert (False, "was ready, then its first work failed: forbidden") == (came_up, reason)


def test_a_service_that_ignores_the_signal_is_killed(layout: Layout) -> None:
    """The stop has a limit too."""
    stubborn = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {_SERVE}"
    seen: list[State] = []

    async def look(_supervisor: Supervisor) -> None:
        seen.append(await _until(layout, lambda state: state.ready))

    _run(layout, replace(_service(layout, Name.AWS, stubborn), stop_seconds=0.1), then=look)

    assert [identity for identity in seen[0].processes[1:] if identity.alive] == []


def test_a_services_children_end_with_it(layout: Layout) -> None:
    """What it started and left behind in its group is ended too."""
    child = "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True)"
    found: list[processes.Identity | None] = []

    async def look(_supervisor: Supervisor) -> None:
        await _until(layout, lambda state: state.ready)
        found.append(processes.identify(int(tail(layout.log(Name.AWS), 2)[0])))

    _run(layout, _service(layout, Name.AWS, f"{child}; {_SERVE}"), then=look)

    assert [False] == [identity.alive for identity in found if identity is not None]


def test_an_end_is_seen_although_someone_holds_the_output_open(layout: Layout) -> None:
    """A service's own child may outlive it: the service is started again all the same."""
    child = "import subprocess, sys; subprocess.Popen(['sleep', '60'], start_new_session=True)"
    once = f"{child}; import pathlib, time; pathlib.Path(sys.argv[1]).touch(); time.sleep(0.1); sys.exit(3)"

    async def look(_supervisor: Supervisor) -> None:
        await _until(layout, lambda state: bool(state.failed))

    _run(layout, _service(layout, Name.AWS, once), then=look)
    processes.end(processes.marked(layout.root), 1.0)

    assert _state(layout).services[Name.AWS].reason == "ended with exit code 3"


def test_services_carry_the_sandboxs_mark_and_little_else(layout: Layout) -> None:
    """A service sees the few variables it was given, and the mark by which an orphan is found."""
    code = f"import os; print(sorted(os.environ), flush=True); {_SERVE}"

    async def look(_supervisor: Supervisor) -> None:
        await _until(layout, lambda state: state.ready)

    _run(layout, _service(layout, Name.AWS, code), then=look)

    given = set(eval(tail(layout.log(Name.AWS), 5)[0])) - {"LC_CTYPE"}  # noqa: S307 - what our own code printed
    assert {"PATH", processes.MARK} == given


def test_services_stop_after_those_that_need_them(layout: Layout) -> None:
    """The node and the controllers go first, the database last."""
    services = (
        _service(layout, Name.ETCD),
        _service(layout, Name.API_SERVER, _SERVE, Name.ETCD),
        _service(layout, Name.NODE, _SERVE, Name.API_SERVER),
        _service(layout, Name.AWS),
    )

    assert [[Name.NODE, Name.AWS], [Name.API_SERVER], [Name.ETCD]] == waves(services)


def test_a_circle_of_needs_is_refused(layout: Layout) -> None:
    """Two services that wait for each other would wait for ever."""
    services = (
        _service(layout, Name.ETCD, _SERVE, Name.AWS),
        _service(layout, Name.AWS, _SERVE, Name.ETCD),
    )

    with pytest.raises(ValueError, match="circle"):
        waves(services)
