"""A program that answers with JSON: whatever else it does is a problem, no trace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from policies.gate.asked import answer
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path


def ask(folder: Path, program: str) -> Any:  # noqa: ANN401 - JSON
    """What a Python program answers."""
    return answer("it", [sys.executable, "-c", program], folder, codes=(0, 1), read=lambda loaded: loaded["key"])


def test_an_answer_is_read(tmp_path: Path) -> None:
    """With an exit code that means that it judged."""
    assert 3 == ask(tmp_path, "print('{\"key\": 3}'); raise SystemExit(1)")


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("import sys; print('oops', file=sys.stderr); sys.exit(2)", "exit code 2: oops"),
        ("print('no json')", "JSONDecodeError"),
        ("print('[]')", "TypeError"),
        ("print('{}')", "KeyError"),
        ("import os; os.kill(os.getpid(), 9)", "exit code -9"),
    ],
)
def test_anything_else_is_a_problem(program: str, why: str, tmp_path: Path) -> None:
    """It could not judge: that is no pass."""
    with pytest.raises(Problem, match=why) as error:
        ask(tmp_path, program)

    assert ExitCode.NOT_JUDGED == error.value.exit_code


def test_a_program_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """The name that a user knows is told."""
    with pytest.raises(Problem, match="it could not judge"):
        answer("it", [str(tmp_path / "gone")], tmp_path, codes=(0,), read=str)
