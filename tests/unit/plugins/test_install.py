"""Laying the stand-ins out in a PULUMI_HOME."""

from __future__ import annotations

import importlib.metadata
import json
import threading
from typing import TYPE_CHECKING

import pytest

from sandbox.plugins import install as installing
from sandbox.plugins.install import LOCK, MARKER, install, stand_ins
from toolchain import lock
from toolchain.errors import ExitCode, Problem
from toolchain.events import ignore

if TYPE_CHECKING:
    from pathlib import Path


def _tree(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != LOCK
    }


def _aws(home: Path) -> Path:
    return home / "plugins" / f"resource-aws-v{importlib.metadata.version('pulumi-aws')}"


def test_lays_every_stand_in_out(tmp_path: Path) -> None:
    """The first run lays every stand-in out, each executable."""
    laid = install(tmp_path)
    executables = [tmp_path / "plugins" / item.folder / item.executable for item in stand_ins()]
    assert [item.folder for item in stand_ins()] == laid
    assert [0o755] * len(laid) == [path.stat().st_mode & 0o777 for path in executables]


def test_second_run_does_nothing(tmp_path: Path) -> None:
    """A second run lays nothing out and changes no file."""
    install(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert install(tmp_path) == []
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    before.pop(tmp_path / "plugins" / LOCK)
    assert before.items() <= after.items()


@pytest.mark.parametrize("damage", ["empty", "shim lost", "shim cut", "not executable", "marker lost"])
def test_damage_is_healed(tmp_path: Path, damage: str) -> None:
    """A folder of ours that is damaged in any way is laid out anew, and nothing else is."""
    install(tmp_path)
    whole = _tree(tmp_path)
    place = _aws(tmp_path)
    shim = place / "pulumi-resource-aws"
    match damage:
        case "empty":
            shim.unlink()
            (place / MARKER).unlink()
        case "shim lost":
            shim.unlink()
        case "shim cut":
            shim.write_text(shim.read_text()[:20])
        case "not executable":
            shim.chmod(0o600)
        case _:
            (place / MARKER).unlink()
    assert [place.name] == install(tmp_path)
    assert whole == _tree(tmp_path)
    assert shim.stat().st_mode & 0o777 == 0o755


def test_partial_mark_is_removed(tmp_path: Path) -> None:
    """The engine's mark of a broken installation does not stay beside a whole one."""
    install(tmp_path)
    mark = _aws(tmp_path).with_name(f"{_aws(tmp_path).name}.partial")
    mark.touch()
    install(tmp_path)
    assert not mark.exists()


def test_older_stand_in_is_removed(tmp_path: Path) -> None:
    """A stand-in of another version is removed: the engine might prefer it."""
    old = tmp_path / "plugins" / "resource-aws-v99.0.0"
    old.mkdir(parents=True)
    (old / MARKER).write_text("{}")
    install(tmp_path)
    assert not old.exists()


def test_foreign_plugin_of_another_version_stays(tmp_path: Path) -> None:
    """A vendor's plugin of another version is not touched."""
    vendor = tmp_path / "plugins" / "resource-aws-v6.0.0" / "pulumi-resource-aws"
    vendor.parent.mkdir(parents=True)
    vendor.write_bytes(b"\x7fELF")
    install(tmp_path)
    assert vendor.read_bytes() == b"\x7fELF"


def test_foreign_plugin_in_its_place_stops(tmp_path: Path) -> None:
    """The vendor's plugin in a stand-in's place stops the installation: it would act on a real account."""
    vendor = _aws(tmp_path) / "pulumi-resource-aws"
    vendor.parent.mkdir(parents=True)
    vendor.write_bytes(b"\x7fELF\xff")
    with pytest.raises(Problem) as caught:
        install(tmp_path)
    assert (ExitCode.SANDBOX, str(vendor.parent)) == (caught.value.exit_code, caught.value.where)
    assert vendor.read_bytes() == b"\x7fELF\xff"


def test_rests_of_a_killed_run_are_swept(tmp_path: Path) -> None:
    """What a killed installation left behind goes with the next one that lays something out."""
    rest = tmp_path / "plugins" / ".groundwork-killed"
    rest.mkdir(parents=True)
    (rest / "x").touch()
    install(tmp_path)
    assert not rest.exists()


def test_two_at_once_agree(tmp_path: Path) -> None:
    """Several installations at once leave whole plugins, and each is laid out once."""
    laid: list[str] = []
    threads = [threading.Thread(target=lambda: laid.extend(install(tmp_path))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(item.folder for item in stand_ins()) == sorted(laid)
    assert install(tmp_path) == []


def test_lock_that_is_not_let_go_ends_in_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that never ends is waited for only so long."""
    monkeypatch.setattr(installing, "_PATIENCE", 0.1)
    holder = lock.exclusive(tmp_path / "plugins" / LOCK, "something else", ignore)
    with holder, pytest.raises(Problem, match="something else") as caught:
        install(tmp_path)
    assert caught.value.exit_code == ExitCode.BUSY


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A PULUMI_HOME that cannot be written to is a problem that names the place."""
    (tmp_path / "home").write_text("a file")
    with pytest.raises(Problem) as caught:
        install(tmp_path / "home")
    assert str(tmp_path / "home" / "plugins") == caught.value.where


def test_marker_says_what_it_is(tmp_path: Path) -> None:
    """The marker tells whoever looks that this is not the vendor's plugin."""
    install(tmp_path)
    about = json.loads((_aws(tmp_path) / MARKER).read_text())
    assert "not the vendor's" in about["about"]
