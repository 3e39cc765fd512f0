"""Purge removes a sandbox, and refuses everything that does not look like one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sandbox import purge
from sandbox.layout import Layout
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A prepared sandbox with something in it."""
    made = Layout(tmp_path / ".sandbox")
    made.prepare()
    (made.objects / "bucket").mkdir()
    (made.objects / "bucket" / "object").write_text("data")
    return made


def test_everything_goes(layout: Layout) -> None:
    """Nothing of the folder is left."""
    purge.remove(layout)

    assert not layout.root.exists()


def test_what_a_link_leads_to_stays(layout: Layout, tmp_path: Path) -> None:
    """A volume that links to the user's own folder loses the link, not the folder."""
    precious = tmp_path / "precious.db"
    precious.write_text("rows")
    (layout.volumes / "file").symlink_to(precious)
    (layout.volumes / "folder").symlink_to(tmp_path)

    purge.remove(layout)

    assert precious.read_text() == "rows"


def test_a_read_only_folder_is_no_hindrance(layout: Layout) -> None:
    """What a pod protected against itself is removed all the same."""
    folder = layout.volumes / "ns"
    folder.mkdir()
    (folder / "file").touch()
    folder.chmod(0o500)

    purge.remove(layout)

    assert not layout.root.exists()


def test_another_versions_folder_can_be_removed(layout: Layout) -> None:
    """It is what the message about another version tells the user to do."""
    layout.marker.write_text('{"version": 99}')

    purge.remove(layout)

    assert not layout.root.exists()


def _refusal(layout: Layout) -> str:
    with pytest.raises(Problem) as problem:
        purge.remove(layout)
    assert problem.value.exit_code == ExitCode.SANDBOX
    return problem.value.what


def test_a_folder_without_the_marker_is_refused(tmp_path: Path) -> None:
    """A folder of someone's files is no sandbox."""
    (tmp_path / "thesis.tex").write_text("mine")

    assert ("so it is no sandbox" in _refusal(Layout(tmp_path)), "mine") == (
        True,
        (tmp_path / "thesis.tex").read_text(),
    )


def test_a_link_in_the_folders_place_is_refused(layout: Layout, tmp_path: Path) -> None:
    """A link may lead anywhere."""
    link = tmp_path / "link"
    link.symlink_to(layout.root)

    assert "symbolic link" in _refusal(Layout(link))


@pytest.mark.parametrize("place", [Path("/"), Path.home(), Path(purge.__file__).parents[1]])
def test_a_folder_above_others_that_matter_is_refused(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root, home and the checkout itself are never removed, marker or not."""
    monkeypatch.setattr(Layout, "version", lambda _self: 1)
    monkeypatch.setattr("shutil.rmtree", lambda *_args, **_more: pytest.fail("would have removed it"))

    assert "lies in it" in _refusal(Layout(place))


def test_the_working_directory_is_refused(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's ground is taken away under their feet."""
    monkeypatch.chdir(layout.objects)

    assert "lies in it" in _refusal(layout)


def test_a_mounted_file_system_is_refused(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is mounted in the folder belongs to someone else."""
    monkeypatch.setattr(purge, "_mounts", lambda: [layout.root.resolve() / "volumes"])

    assert "mounted" in _refusal(layout)


def test_mounts_of_this_machine_are_known() -> None:
    """The root file system is one of them."""
    assert Path("/") in purge._mounts()  # noqa: SLF001 - what the guard above rests on


@pytest.fixture
def memory(layout: Layout) -> Iterator[Path]:
    """The sandbox's folder in shared memory, as a killed node leaves it."""
    folder = layout.memory
    (folder / "uid" / "keys").mkdir(parents=True)
    (folder / "uid" / "keys" / "token").write_text("secret")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_what_is_in_shared_memory_goes_too(layout: Layout, memory: Path) -> None:
    """Secrets of pods whose node was killed do not outlive the sandbox."""
    (memory / "uid").chmod(0o500)

    purge.remove(layout)

    assert (False, False) == (memory.exists(), layout.root.exists())


def test_a_link_in_shared_memory_is_not_followed(
    layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anyone may make a link in that folder of the machine."""
    precious = tmp_path / "precious"
    precious.mkdir()
    link = tmp_path / "groundwork-0-x"
    link.symlink_to(precious)
    monkeypatch.setattr(Layout, "memory", link)

    purge.remove(layout)

    assert (True, True) == (precious.is_dir(), link.is_symlink())


def test_a_strangers_folder_in_shared_memory_stays(
    layout: Layout, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of the same name that another user made is left to that user, with or without an account."""
    real = Path.lstat
    strange = SimpleNamespace(st_mode=real(memory).st_mode, st_uid=os.getuid() + 12345)
    monkeypatch.setattr(Path, "lstat", lambda path: strange if path == memory else real(path))

    purge.remove(layout)

    assert memory.is_dir()


def test_each_sandbox_has_its_own_folder_in_shared_memory(tmp_path: Path) -> None:
    """Two sandboxes of one user do not share it, and one reached through a link is the same one."""
    (tmp_path / "a").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a")

    one, same, other = (Layout(tmp_path / name).memory for name in ("a", "link", "b"))
    assert (True, False) == (one == same, one == other)


def _killed_after(removals: int) -> Callable[..., None]:
    """`shutil.rmtree` that is killed when it has emptied so many folders, and all but another."""
    real, left = shutil.rmtree, removals

    def remove(path: Path, **more: Any) -> None:  # noqa: ANN401 - the keywords that the module under test gives
        nonlocal left
        if left == 0:
            for entry in path.iterdir():
                real(entry) if entry.is_dir() else entry.unlink()
            raise KeyboardInterrupt
        left -= 1
        real(path, **more)

    return remove


@pytest.mark.parametrize("removals", range(11))
def test_a_purge_cut_short_leaves_a_sandbox(layout: Layout, monkeypatch: pytest.MonkeyPatch, removals: int) -> None:
    """Killed anywhere, no folder is half empty, the engine's record never lacks its passphrase, and purge goes on."""
    for folder in (layout.etcd, layout.pulumi, layout.credentials):
        (folder / "a").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", _killed_after(removals))
        with pytest.raises(KeyboardInterrupt):
            purge.remove(layout)

    kept = [folder for folder in (layout.etcd, layout.pulumi, layout.credentials) if folder.exists()]
    halves = [folder for folder in kept if not (folder / "a").exists()]
    order = [layout.etcd, layout.pulumi, layout.credentials][-len(kept) :] if kept else []
    layout.prepare()
    purge.remove(layout)
    assert ([], order, False) == (halves, kept, layout.root.exists())


def test_a_mount_with_a_name_in_any_script_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks are written as octal numbers, all other characters as they are."""
    table = tmp_path / "mountinfo"
    table.write_text("1 2 0:3 / /mnt/t\u00e4t\u00f6\\040disk rw - ext4 x rw\n")
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: real(table if path.name == "mountinfo" else path))

    assert [Path("/mnt/t\u00e4t\u00f6 disk")] == purge._mounts()  # noqa: SLF001 - what the guard above rests on
