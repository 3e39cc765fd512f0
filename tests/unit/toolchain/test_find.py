"""Looking tools up: PATH at an accepted version first, then the cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolchain import cache, find
from toolchain.find import Source
from toolchain.tools import PINS, Tool
from toolchain.versions import Version

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Workbench

PINNED = PINS[Tool.ETCD].version()


def _cached(bench: Workbench, tool: Tool = Tool.ETCD) -> Path:
    binary = bench.put(tool, "exit 0", bench.cache / "build" / "staging" / "bin")
    return cache.store(PINS[tool], Version(1, 26, 9), binary.parent.parent).binary


def test_a_tool_that_is_nowhere_is_not_found(bench: Workbench) -> None:
    """No PATH, no cache: nothing."""
    assert find.Search(None, ()) == find.search(Tool.ETCD), bench


def test_an_accepted_version_on_path_comes_before_the_cache(go: Workbench) -> None:
    """The user's own binary is used where it will do."""
    _cached(go)
    path = go.put("etcd", f"echo 'etcd Version: {PINNED}'")
    assert find.Found(Tool.ETCD, path, PINNED, Source.PATH) == find.find(Tool.ETCD)


def test_the_cache_serves_where_path_does_not(go: Workbench) -> None:
    """A cached build is found without anything on PATH."""
    assert find.Found(Tool.ETCD, _cached(go), PINNED, Source.CACHE) == find.find(Tool.ETCD)


def test_the_cache_serves_a_machine_without_go(bench: Workbench) -> None:
    """What is built already needs no Go."""
    assert find.Found(Tool.ETCD, _cached(bench), PINNED, Source.CACHE) == find.find(Tool.ETCD)


def test_an_unaccepted_version_is_named_and_passed_over(go: Workbench) -> None:
    """An old etcd on PATH is told with its version, and the cache is used."""
    path = go.put("etcd", "echo 'etcd Version: 3.5.0'")
    reason = "it is version 3.5.0; accepted: 3.7.3 or a later 3.7"
    cached = find.Found(Tool.ETCD, _cached(go), PINNED, Source.CACHE)
    assert find.Search(cached, (find.Refused(Tool.ETCD, path, reason),)) == find.search(Tool.ETCD)


def test_an_accepted_version_behind_another_is_found(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole PATH is looked through."""
    bench.put("etcd", "echo 'etcd Version: 3.5.0'")
    later = bench.put("etcd", f"echo 'etcd Version: {PINNED}'", tmp_path / "later")
    monkeypatch.setenv("PATH", f"{bench.bin}:{later.parent}:/usr/bin:/bin")
    found = find.find(Tool.ETCD)
    assert found is not None
    assert later == found.path


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 3", "non-zero exit status 3"),
        ("echo hello", "no version in 'hello"),
        ("sleep 30", "timed out"),
        ("kill -9 $$", "SIGKILL"),
    ],
)
def test_a_tool_that_does_not_tell_its_version_is_passed_over(
    bench: Workbench, script: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken, strange or hanging executable is named with what came out of it."""
    monkeypatch.setattr(find, "_PROBE_LIMIT", 0.5)
    bench.put("etcd", script)
    (refused,) = find.search(Tool.ETCD).refused
    assert reason in refused.reason


def test_a_pulumi_without_a_language_host_is_passed_over(bench: Workbench) -> None:
    """The engine alone cannot run a Python program."""
    bench.put("pulumi", "echo v3.255.0")
    (refused,) = find.search(Tool.PULUMI).refused
    assert refused.reason == "it has no pulumi-language-python beside it or on PATH"


def test_a_vendors_pulumi_is_used_with_its_own_language_host(bench: Workbench) -> None:
    """A later release of the same major, with its host beside it, is used as it is."""
    path = bench.put("pulumi", "echo v3.300.0")
    bench.put("pulumi-language-python", "exit 0")
    assert find.Found(Tool.PULUMI, path, Version(3, 300, 0), Source.PATH) == find.find(Tool.PULUMI)


def test_a_linked_pulumi_finds_the_host_beside_its_target(bench: Workbench, tmp_path: Path) -> None:
    """A link on PATH leads to the folder where the vendor's host lies."""
    target = bench.put("pulumi", "echo v3.255.0", tmp_path / "vendor")
    bench.put("pulumi-language-python", "exit 0", target.parent)
    (bench.bin / "pulumi").symlink_to(target)
    found = find.find(Tool.PULUMI)
    assert found is not None
    assert bench.bin / "pulumi" == found.path


def test_a_file_that_is_no_executable_is_not_on_path(bench: Workbench) -> None:
    """A plain file of that name is no tool."""
    (bench.bin / "etcd").write_text("notes")
    assert find.Search(None, ()) == find.search(Tool.ETCD)
