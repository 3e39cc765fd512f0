"""The cache: where it is, what its keys depend on, and that only whole entries count."""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from toolchain import cache
from toolchain.errors import ExitCode, Problem
from toolchain.tools import PINS, Pin, Tool
from toolchain.versions import Version

if TYPE_CHECKING:
    from .conftest import Workbench

ETCD = PINS[Tool.ETCD]
GO = Version(1, 26, 9)


def _stage(bench: Workbench, content: bytes = b"#!/bin/sh\n") -> Path:
    staging = bench.cache / "build" / "staging"
    (staging / "bin").mkdir(parents=True)
    (staging / "bin" / "etcd").write_bytes(content)
    return staging


@pytest.fixture
def pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pin:
    """A pin whose graph may be changed."""
    folder = tmp_path / "graphs" / "etcd"
    shutil.copytree(ETCD.graph.folder, folder)
    monkeypatch.setattr("toolchain.tools.FOLDER", folder.parent)
    return ETCD


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"GROUNDWORK_CACHE": "/a", "XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/a"),
        ({"XDG_CACHE_HOME": "/b", "HOME": "/c"}, "/b/groundwork"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/c"}, "/c/.cache/groundwork"),
        ({"HOME": "/c"}, "/c/.cache/groundwork"),
    ],
)
def test_the_cache_is_where_the_user_says(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our own variable comes first, then the desktop's, then the home folder."""
    for name in ("GROUNDWORK_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert Path(expected) == cache.root()


def test_a_relative_cache_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that moves with the working directory is a mistake, and is named."""
    monkeypatch.setenv("GROUNDWORK_CACHE", "here/cache")
    with pytest.raises(Problem, match="GROUNDWORK_CACHE is a relative path") as caught:
        cache.root()
    assert caught.value.exit_code is ExitCode.TOOLCHAIN


def test_a_cache_that_cannot_be_made_is_named(bench: Workbench) -> None:
    """A file in the cache's place is a problem that names the place and the variable."""
    bench.cache.write_text("")
    with pytest.raises(Problem, match="cannot be written") as caught:
        cache.make_root()
    assert (str(bench.cache), True) == (caught.value.where, "GROUNDWORK_CACHE" in caught.value.fix)


@pytest.mark.parametrize("name", ["go.mod", "go.sum", "main.go"])
def test_the_key_depends_on_each_file_of_the_pin(pin: Pin, name: str) -> None:
    """A changed version, checksum or source of ours is another build."""
    before = cache.pin_digest(pin)
    with (pin.graph.folder / name).open("a") as file:
        file.write("\n// changed\n")
    assert before != cache.pin_digest(pin)


def test_the_key_depends_on_the_linkers_flags(pin: Pin) -> None:
    """Another stamp is another build."""
    other = dataclasses.replace(pin, stamps=MappingProxyType({"main.x": "1"}))
    assert cache.pin_digest(pin) != cache.pin_digest(other)


def test_the_key_depends_on_the_flags_of_go_build(pin: Pin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other flags of the compiler are another build."""
    before = cache.pin_digest(pin)
    monkeypatch.setattr(cache, "BUILD_FLAGS", ("-trimpath",))
    assert before != cache.pin_digest(pin)


def test_the_key_depends_on_the_machine(pin: Pin, monkeypatch: pytest.MonkeyPatch) -> None:
    """One home folder shared by two kinds of machine holds two builds."""
    keys = set()
    for machine in ("x86_64", "aarch64"):
        monkeypatch.setattr("platform.machine", lambda machine=machine: machine)
        keys.add(cache.pin_digest(pin))
    assert len(keys) == 2


def test_the_key_of_the_engine_depends_on_the_shim(monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed start of the language host is another build of pulumi, which carries it."""
    before = cache.pin_digest(PINS[Tool.PULUMI])
    monkeypatch.setattr(cache, "SHIM", "#!/bin/sh\n")
    assert before != cache.pin_digest(PINS[Tool.PULUMI])


def test_the_folder_names_tool_version_and_go(bench: Workbench) -> None:
    """A person can tell what each folder of the cache is."""
    name = cache.folder_of(ETCD, GO).relative_to(bench.cache / "tools")
    assert f"etcd-{ETCD.version()}-go1.26.9-{cache.pin_digest(ETCD)}" == str(name)


def test_an_unknown_machine_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that no tool is pinned for is named, with those that are."""
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    with pytest.raises(Problem, match="not pinned for this machine") as caught:
        cache.go_platform()
    assert "x86-64 or arm64" in caught.value.allowed


def test_a_stored_entry_is_found(bench: Workbench) -> None:
    """What was stored is what is looked up."""
    stored = cache.store(ETCD, GO, _stage(bench))
    assert stored == cache.lookup(ETCD, GO)


def test_another_go_has_another_entry(bench: Workbench) -> None:
    """A binary built by one Go is not taken for that of another."""
    cache.store(ETCD, GO, _stage(bench))
    assert cache.lookup(ETCD, Version(1, 27, 0)) is None


def test_without_go_any_build_of_the_pin_serves(bench: Workbench) -> None:
    """Where Go has gone from the machine, what it built stays in use."""
    stored = cache.store(ETCD, GO, _stage(bench))
    assert stored == cache.lookup(ETCD, None)


@pytest.mark.parametrize("harm", ["receipt gone", "receipt cut", "binary gone", "binary cut", "binary not executable"])
def test_a_harmed_entry_does_not_count(bench: Workbench, harm: str) -> None:
    """An entry that is not whole is as good as none."""
    entry = cache.store(ETCD, GO, _stage(bench))
    receipt = entry.folder / "receipt.json"
    match harm:
        case "receipt gone":
            receipt.unlink()
        case "receipt cut":
            receipt.write_bytes(receipt.read_bytes()[:40])
        case "binary gone":
            entry.binary.unlink()
        case "binary cut":
            os.truncate(entry.binary, 3)
        case _:
            entry.binary.chmod(0o644)
    assert cache.lookup(ETCD, GO) is None


def test_an_entry_that_does_not_count_is_replaced(bench: Workbench) -> None:
    """Storing over a harmed entry makes it whole."""
    entry = cache.store(ETCD, GO, _stage(bench))
    (entry.folder / "receipt.json").unlink()
    again = cache.store(ETCD, GO, _stage(bench, b"#!/bin/sh\n# new\n"))
    assert again == cache.lookup(ETCD, GO)


def test_changed_content_of_the_same_size_is_told(bench: Workbench) -> None:
    """A binary with a flipped bit is named as damaged."""
    entry = cache.store(ETCD, GO, _stage(bench, b"aaaa"))
    entry.binary.write_bytes(b"aaab")
    assert ["etcd"] == entry.damaged()


def test_the_cache_is_its_users_alone(bench: Workbench) -> None:
    """Nobody else may put a binary there."""
    assert cache.make_root().stat().st_mode & 0o777 == 0o700
    assert (bench.cache / "CACHEDIR.TAG").read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
