"""What the doctor says of a machine."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from toolchain import doctor
from toolchain.provide import provide
from toolchain.tools import Tool

if TYPE_CHECKING:
    import pytest

    from .conftest import Workbench


def _rows() -> dict[str, doctor.Row]:
    return {row.name: row for row in doctor.examine()}


def test_every_tool_has_a_row(go: Workbench) -> None:
    """No tool is left out, and neither is what they need."""
    expected = {*Tool, "go", "python", "uv", "git", "make", "bwrap (optional)", "disk"}
    assert expected == set(_rows()), go


def test_a_missing_tool_says_what_will_be_done(go: Workbench) -> None:
    """What is not there is built by the next run, with the Go that is there."""
    row = _rows()[Tool.ETCD]
    assert (True, "", "3.7.3 is built by the next `make up`, with Go 1.26.9") == (row.ok, row.version, row.advice), go


def test_a_tool_that_up_does_not_need_is_built_on_request(bench: Workbench) -> None:
    """Helm waits until it is asked for, and Go comes with it."""
    advice = _rows()[Tool.HELM].advice
    assert "built when a target needs it, with Go 1.26.6, which is installed for it" in advice, bench


def test_a_cached_tool_is_told_with_its_place(go: Workbench) -> None:
    """A built tool has its version and path."""
    path = provide([Tool.ETCD])[Tool.ETCD]
    assert doctor.Row(Tool.ETCD, ok=True, version="3.7.3", where=f"{path} (cache)", advice="") == _rows()[Tool.ETCD], go


def test_a_damaged_tool_is_not_ready(go: Workbench) -> None:
    """A changed binary of the right size is noticed here."""
    path = provide([Tool.ETCD])[Tool.ETCD]
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"#")
    row = _rows()[Tool.ETCD]
    assert (False, True) == (row.ok, row.advice.startswith("damaged (etcd): remove ")), go


def test_a_version_passed_over_is_told(go: Workbench) -> None:
    """An unaccepted version on PATH is named with what is accepted."""
    path = go.put("etcd", "echo 'etcd Version: 2.0.0'")
    expected = f"{path} is not used: it is version 2.0.0; accepted: 3.7.3 or a later 3.7"
    assert expected in _rows()[Tool.ETCD].advice


def test_a_missing_git_is_not_ready(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a package manager has to bring is told as such."""
    monkeypatch.setenv("PATH", str(bench.bin))
    row = _rows()["git"]
    assert (False, "install git with your system's packages") == (row.ok, row.advice)


def test_missing_walls_are_no_obstacle(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without bubblewrap the sandbox works, and what is lost is told."""
    monkeypatch.setenv("PATH", str(bench.bin))
    row = _rows()["bwrap (optional)"]
    assert (True, True) == (row.ok, "see the whole file system" in row.advice)


def test_walls_that_do_not_work_here_are_told(bench: Workbench) -> None:
    """A bubblewrap that may not make namespaces is as good as none."""
    bench.put("bwrap", "echo 'bwrap: No permissions to create new namespace' >&2; exit 1")
    row = _rows()["bwrap (optional)"]
    assert (True, True) == (row.ok, row.advice.startswith("it does not work here"))


def test_a_full_disk_is_not_ready(go: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little room is told with how much is needed."""
    usage = shutil.disk_usage(go.cache.parent)._replace(free=1024**3)
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    row = _rows()["disk"]
    assert (False, "1.0 GiB free", True) == (row.ok, row.version, "GiB are needed" in row.advice)
