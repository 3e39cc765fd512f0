"""Purge removes a sandbox, and refuses everything that does not look like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox import purge
from sandbox.layout import Layout
from toolchain.errors import ExitCode, Problem


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
