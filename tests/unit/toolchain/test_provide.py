"""Providing tools: built once, whole or not at all, with the reason when they cannot be."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Final

import pytest

from toolchain import build, find
from toolchain.errors import ExitCode, Problem
from toolchain.events import Event, ignore
from toolchain.provide import provide
from toolchain.tools import PINS, Tool

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Workbench

_LIMIT: Final = 30.0


def _wait_for(path: Path) -> None:
    deadline = time.monotonic() + _LIMIT
    while not path.exists():
        assert time.monotonic() < deadline, f"{path} did not appear"
        time.sleep(0.02)


def test_a_missing_tool_is_built_and_runs(go: Workbench) -> None:
    """What is provided is an executable that says the pinned version."""
    path = provide([Tool.ETCD])[Tool.ETCD]
    assert PINS[Tool.ETCD].version() == find.ask(path, ("--version",)), go


def test_a_second_call_builds_nothing(go: Workbench) -> None:
    """What is in the cache is not built again."""
    first = provide([Tool.ETCD])
    assert (first, 1) == (provide([Tool.ETCD]), go.builds())


def test_only_what_is_asked_for_is_built(go: Workbench) -> None:
    """Other tools are left alone."""
    provide([Tool.ETCD])
    assert ["etcd"] == [folder.name.partition("-")[0] for folder in (go.cache / "tools").iterdir()]


def test_tools_of_one_graph_are_built_together(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two Kubernetes servers share a build, because they share most packages."""
    monkeypatch.setenv("FAKE_TOOL_VERSION", str(PINS[Tool.KUBE_APISERVER].version()))
    wanted = [Tool.KUBE_CONTROLLER_MANAGER, Tool.KUBE_APISERVER]
    paths = provide(wanted)
    assert (wanted, 1, True) == (list(paths), go.builds(), all(path.exists() for path in paths.values()))


def test_the_engine_comes_with_its_language_host(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the built pulumi lie the shim and the two helpers of the Go SDK, all executable."""
    monkeypatch.setenv("FAKE_TOOL_VERSION", str(PINS[Tool.PULUMI].version()))
    folder = provide([Tool.PULUMI])[Tool.PULUMI].parent
    names = {path.name for path in folder.iterdir() if os.access(path, os.X_OK)}
    expected = {"pulumi", "pulumi-language-python", "pulumi-language-python-exec", "pulumi-resource-pulumi-python"}
    assert expected == names, go


def test_a_kill_in_the_middle_leaves_nothing_that_counts(go: Workbench, provider_script: list[str]) -> None:
    """After kill -9 of the builder the tool is not found, and the next run builds it whole."""
    with subprocess.Popen(provider_script, env={**os.environ, "FAKE_GO_SECONDS": "20"}) as process:
        _wait_for(go.go_home / "building")
        process.send_signal(signal.SIGKILL)
    assert find.find(Tool.ETCD) is None
    assert provide([Tool.ETCD])[Tool.ETCD].exists()
    assert not list((go.cache / "build").iterdir())


def test_an_interrupted_build_ends_its_compiler(go: Workbench, provider_script: list[str]) -> None:
    """Ctrl-C leaves no compiler running and no workspace behind."""
    with subprocess.Popen(
        provider_script, env={**os.environ, "FAKE_GO_SECONDS": "31.7"}, stderr=subprocess.DEVNULL
    ) as process:
        _wait_for(go.go_home / "building")
        process.send_signal(signal.SIGINT)
        process.wait(_LIMIT)
    left = subprocess.run(["pgrep", "-f", "^sleep 31.7"], capture_output=True, check=False)  # noqa: S607 - any pgrep
    assert (b"", []) == (left.stdout, list((go.cache / "build").iterdir()))


def test_two_builders_at_once_build_once(go: Workbench, provider_script: list[str]) -> None:
    """The second waits for the first and takes its work."""
    environment = {**os.environ, "FAKE_GO_SECONDS": "1"}
    both = [subprocess.Popen(provider_script, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate(timeout=_LIMIT)[0] for process in both]
    assert ([0, 0], 1, 1) == ([process.returncode for process in both], len(set(outputs)), go.builds())


def test_progress_is_told_while_a_build_lasts(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long build says every few seconds how far it is."""
    monkeypatch.setenv("FAKE_GO_SECONDS", "1")
    monkeypatch.setattr(build, "_TELL_EVERY", 0.2)
    events: list[Event] = []
    provide([Tool.ETCD], events.append)
    names = [event.name for event in events]
    assert (names[0], names[-1]) == ("toolchain.build.started", "toolchain.build.finished")
    assert names.count("toolchain.build.progress") >= 2, go
    assert {3} == {event.fields["total"] for event in events if event.name == "toolchain.build.progress"}


def test_a_version_passed_over_is_told(go: Workbench) -> None:
    """An unaccepted version on PATH is an event that names it, before the build starts."""
    path = go.put("etcd", "echo 'etcd Version: 3.4.1'")
    events: list[Event] = []
    provide([Tool.ETCD], events.append)
    expected = f"{path} is not used: it is version 3.4.1; accepted: 3.7.3 or a later 3.7"
    assert ("toolchain.version.warning", expected) == (events[0].name, events[0].message)


def test_the_users_go_settings_do_not_reach_the_build(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """GOFLAGS, GOTOOLCHAIN and the like are ours; proxy settings are the user's."""
    for name, value in {
        "GOFLAGS": "-mod=vendor",
        "GOOS": "plan9",
        "GOEXPERIMENT": "x",
        "GOTOOLCHAIN": "go1.99",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GOPROXY", "https://proxy.example")
    provide([Tool.ETCD])
    lines = (go.go_home / "environment").read_text().splitlines()
    seen = dict(line.split("=", 1) for line in lines if line.startswith(("GO", "CGO")))
    names = ("GOFLAGS", "GOOS", "GOEXPERIMENT", "GOTOOLCHAIN", "GOPROXY", "CGO_ENABLED")
    expected = ["-mod=readonly -trimpath -buildvcs=false", "linux", None, "local", "https://proxy.example", "0"]
    assert expected == [seen.get(name) for name in names]


def test_a_failing_build_shows_the_compilers_words(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is on the screen, and nothing of the build stays."""
    monkeypatch.setenv("FAKE_GO_FAILS", "main.go:3:1: syntax error")
    with pytest.raises(Problem, match="the build of etcd failed") as caught:
        provide([Tool.ETCD])
    assert (ExitCode.TOOLCHAIN, "main.go:3:1: syntax error") == (caught.value.exit_code, caught.value.where)
    assert not list((go.cache / "build").iterdir())


def test_a_full_disk_during_the_build_is_no_space(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The compiler's words for a full disk become the exit code for it."""
    monkeypatch.setenv("FAKE_GO_FAILS", "write /x: no space left on device")
    with pytest.raises(Problem, match="no space is left") as caught:
        provide([Tool.ETCD])
    assert caught.value.exit_code is ExitCode.NO_SPACE, go


def test_a_disk_too_small_is_told_before_anything_is_done(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """No build starts that the disk cannot hold."""
    usage = shutil.disk_usage(go.cache.parent)._replace(free=10 * 1024**2)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    with pytest.raises(Problem, match="no room to build the etcd tools") as caught:
        provide([Tool.ETCD])
    assert (ExitCode.NO_SPACE, 0) == (caught.value.exit_code, go.builds())


def test_a_binary_that_says_another_version_is_not_kept(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build is proven by asking it; one that answers wrongly does not count."""
    monkeypatch.setenv("FAKE_TOOL_VERSION", "3.6.0")
    with pytest.raises(Problem, match=r"says that it is version 3\.6\.0"):
        provide([Tool.ETCD])
    assert find.find(Tool.ETCD) is None, go


def test_no_network_is_told_after_three_tries(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Downloads are tried again, then the reason and the ways out are shown."""
    monkeypatch.setenv("FAKE_GO_NO_NETWORK", "1")
    with pytest.raises(Problem, match="modules of etcd could not be downloaded") as caught:
        provide([Tool.ETCD])
    assert "no such host" in caught.value.where
    assert sum(line.startswith("list -deps") for line in go.log()) == 3


def test_a_harmed_entry_is_built_again(go: Workbench) -> None:
    """A binary cut short is noticed and healed."""
    path = provide([Tool.ETCD])[Tool.ETCD]
    os.truncate(path, 5)
    provide([Tool.ETCD], ignore)
    assert PINS[Tool.ETCD].version() == find.ask(path, ("--version",))
    assert go.builds() == 2


@pytest.mark.parametrize(
    ("processors", "memory_gib", "expected"), [(2, 24, 2), (64, 64, 4), (8, 2.5, 2), (2, 0.5, 1), (None, 8, 1)]
)
def test_compilers_fit_processors_and_memory(
    processors: int | None, memory_gib: float, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more compilers run at once than memory holds at a GiB each, and never more than four."""
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    monkeypatch.setattr("psutil.virtual_memory", lambda: type("M", (), {"available": int(memory_gib * 1024**3)}))
    assert expected == build.compilers()
