"""checkov's environment is set up once, whole or not at all, by however many ask for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policies.checkov import environment
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.e2e

CHECKOUT = Path(__file__).resolve().parents[4]
LIMIT_SECONDS = 240
SET_UP = "from policies.checkov.environment import python\npython(lambda event: print(event.name, flush=True))"


def start(root: Path) -> subprocess.Popen[str]:
    """A process that wants checkov, with a cache of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", SET_UP],
        cwd=CHECKOUT,
        env=os.environ | {"GROUNDWORK_CACHE": str(root)},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait_until(what: Callable[[], bool]) -> None:
    """Wait for a condition."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def staged(root: Path) -> bool:
    """Whether something of a set-up lies in the cache."""
    return any(root.glob("checkov/.new-*/environment/lib"))


def test_a_killed_set_up_is_healed_and_two_at_once_set_up_once(tmp_path: Path) -> None:
    """What a killed set-up left does not count and is cleared; of two that come then, one works and one waits."""
    killed = start(tmp_path)
    wait_until(lambda: staged(tmp_path))
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=60)
    assert [] == [path for path in tmp_path.glob("checkov/*") if not path.name.startswith(".new-")]

    pair = [start(tmp_path), start(tmp_path)]
    told = [process.communicate(timeout=LIMIT_SECONDS)[0].split() for process in pair]

    assert [0, 0] == [process.returncode for process in pair]
    assert 1 == sum(events.count("checkov.setup.finished") for events in told)
    assert [environment.key()] == [path.name for path in tmp_path.glob("checkov/*")]
    assert "" == start(tmp_path).communicate(timeout=60)[0]


def test_without_an_index_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be installed from, the problem is the toolchain's, and nothing is left."""
    monkeypatch.setenv("GROUNDWORK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    monkeypatch.setenv("UV_OFFLINE", "1")

    with pytest.raises(Problem) as caught:
        environment.python(ignore)

    assert ExitCode.TOOLCHAIN is caught.value.exit_code
    assert [] == list((tmp_path / "cache" / "checkov").iterdir())


def test_once_set_up_it_needs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment that is there is taken as it is: no uv, no event."""
    events: list[Event] = []
    environment.python(ignore)
    monkeypatch.setenv("UV_OFFLINE", "1")

    assert environment.python(events.append).exists()
    assert [] == events


def test_an_environment_without_its_python_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the Python that it links to is gone, it is set up again: here without an index, so that is told."""
    home = tmp_path / "cache" / "checkov" / environment.key()
    (home / "bin").mkdir(parents=True)
    (home / "ready").touch()
    (home / "bin" / "python").symlink_to(tmp_path / "gone")
    monkeypatch.setenv("GROUNDWORK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    monkeypatch.setenv("UV_OFFLINE", "1")

    with pytest.raises(Problem, match="cannot be set up"):
        environment.python(ignore)


def test_it_has_the_pinned_checkov() -> None:
    """The scanner's Python has the version that the lock file names."""
    done = subprocess.run(
        [environment.python(ignore), "-c", "from importlib.metadata import version; print(version('checkov'))"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert f'name = "checkov"\nversion = "{done.stdout.strip()}"' in (environment.PROJECT / "uv.lock").read_text(
        "utf-8"
    )
