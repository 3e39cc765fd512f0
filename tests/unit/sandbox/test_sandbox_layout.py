"""The sandbox's folder: made once, known again, refused when it is something else."""

from __future__ import annotations

import errno
import json
import stat
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from sandbox.layout import FREE_BYTES, VERSION, Layout, unwritable
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path


def test_a_prepared_folder_carries_the_layouts_version(tmp_path: Path) -> None:
    """A new folder says which version it is of."""
    layout = Layout(tmp_path / ".sandbox")

    layout.prepare()

    assert VERSION == layout.version()


def test_no_one_else_may_look_into_any_folder(tmp_path: Path) -> None:
    """Every folder is the user's alone, also one that was wide open before."""
    layout = Layout(tmp_path / ".sandbox")
    layout.credentials.mkdir(parents=True, mode=0o755)

    layout.prepare()

    modes = {stat.S_IMODE(path.stat().st_mode) for path in layout.root.rglob("*") if path.is_dir()}
    assert {0o700} == modes


def test_preparing_again_changes_nothing(tmp_path: Path) -> None:
    """A second start keeps what the first one put down."""
    layout = Layout(tmp_path)
    layout.prepare()
    (layout.objects / "kept").write_text("kept")

    layout.prepare()

    assert (layout.objects / "kept").read_text() == "kept"


@pytest.mark.parametrize("marker", ['{"version": 99}', "{}", "no json", '{"version": "x"}'])
def test_a_folder_of_another_version_names_the_way_out(tmp_path: Path, marker: str) -> None:
    """Another layout, or a marker nobody can read, ends with the command that removes it."""
    layout = Layout(tmp_path)
    layout.marker.write_text(marker)

    with pytest.raises(Problem) as problem:
        layout.prepare()

    assert (ExitCode.SANDBOX, True) == (problem.value.exit_code, "gw down --purge" in problem.value.fix)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    """A folder that is no sandbox is refused, and nothing is written into it."""
    (tmp_path / "thesis.tex").write_text("mine")

    with pytest.raises(Problem, match="something else than a sandbox"):
        Layout(tmp_path).prepare()

    assert [tmp_path / "thesis.tex"] == list(tmp_path.iterdir())


def test_a_start_that_was_cut_short_before_the_marker_is_taken_up(tmp_path: Path) -> None:
    """What may lie there before the marker is no reason to refuse."""
    for name in ("start.lock", "up.lock", ".layout.json.abc"):
        (tmp_path / name).touch()
    (tmp_path / "pulumi").mkdir()
    layout = Layout(tmp_path)

    layout.prepare()

    assert {"version": VERSION} == json.loads(layout.marker.read_text())


@pytest.mark.parametrize(("free", "refused"), [(FREE_BYTES, False), (FREE_BYTES - 1, True)])
def test_too_little_room_is_a_problem_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, *, refused: bool
) -> None:
    """The limit itself is enough; one byte less is exit code 7."""
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=free))
    code = None
    try:
        Layout(tmp_path).check_space()
    except Problem as problem:
        code = problem.exit_code

    assert (ExitCode.NO_SPACE if refused else None) == code


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, ExitCode.NO_SPACE), (errno.EDQUOT, ExitCode.NO_SPACE), (errno.EROFS, ExitCode.SANDBOX)],
)
def test_an_error_of_the_disk_names_the_file(tmp_path: Path, number: int, code: ExitCode) -> None:
    """A full disk and a folder that is not ours have exit codes of their own."""
    place = tmp_path / "state.json"

    problem = unwritable(tmp_path, OSError(number, "no", str(place)))

    assert (code, str(place)) == (problem.exit_code, problem.where)
