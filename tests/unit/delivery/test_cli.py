"""The command line: how it ends, and what it takes from the environment."""

from __future__ import annotations

import errno
import json
import sys
from typing import TYPE_CHECKING

import pytest

from delivery import cli, lifecycle
from toolchain.errors import ExitCode

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, ExitCode.NO_SPACE),
        (errno.EDQUOT, ExitCode.NO_SPACE),
        (errno.EACCES, ExitCode.SANDBOX),
        (errno.EROFS, ExitCode.SANDBOX),
    ],
)
def test_a_folder_that_cannot_be_written_to_is_one_screen(
    number: int, code: ExitCode, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk, a spent share of it, a foreign or read-only folder: each a problem with its place and code."""

    def fails(*_arguments: object, **_named: object) -> None:
        raise OSError(number, "refused", "/the/place")

    monkeypatch.setattr(lifecycle, "down", fails)
    monkeypatch.setattr(sys, "argv", ["gw", "down"])

    with pytest.raises(SystemExit) as done:
        cli.main()

    assert (code, "/the/place") == (done.value.code, json.loads(capsys.readouterr().err.splitlines()[-1])["where"])


def test_a_fault_of_our_own_keeps_its_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other error of the system is not dressed up as the user's."""

    def fails(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOENT, "gone")

    monkeypatch.setattr(lifecycle, "down", fails)
    monkeypatch.setattr(sys, "argv", ["gw", "down"])

    with pytest.raises(FileNotFoundError):
        cli.main()


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """`GROUNDWORK_SANDBOX=` means the checkout's own sandbox, never the working directory."""
    monkeypatch.setenv("GROUNDWORK_SANDBOX", "")

    assert cli.CHECKOUT / ".sandbox" == cli._root()  # noqa: SLF001 - the rule itself


def test_logs_are_printed_as_they_were_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last lines come out byte for byte: nothing in them is markup, an emoji or folded."""
    lines = ["first\n", "[bold]x[/] :key: " + "y" * 300 + "\n", "[/z]\n"]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "etcd.log").write_text("".join(lines))

    lifecycle.logs(tmp_path, "etcd", 2)

    assert capsys.readouterr().out == "".join(lines[1:])
