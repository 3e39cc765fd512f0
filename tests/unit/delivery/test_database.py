"""What `DB=` may name, decided from the file's first bytes."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from delivery import database
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from pathlib import Path


def test_a_sqlite_file_is_taken_by_its_real_path(tmp_path: Path) -> None:
    """A link to a database gives the file that it leads to, because that is the folder with the side files."""
    real = tmp_path / "real.db"
    with sqlite3.connect(real) as connection:
        connection.execute("CREATE TABLE stories (id INTEGER PRIMARY KEY)")
    connection.close()
    link = tmp_path / "link.db"
    link.symlink_to(real)

    assert real.resolve() == database.check(link)


@pytest.mark.parametrize(
    ("content", "word"),
    [(None, "no such file"), (b"", "empty"), (b"plain text, and long enough to be a header", "not a SQLite database")],
)
def test_what_is_no_database_is_refused_in_words(tmp_path: Path, content: bytes | None, word: str) -> None:
    """A missing, an empty and a foreign file are each told apart, with exit code 10."""
    path = tmp_path / "it.db"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(Problem, match=word) as problem:
        database.check(path)

    assert (problem.value.exit_code, problem.value.where) == (ExitCode.DATABASE, str(path))


def test_a_directory_is_refused(tmp_path: Path) -> None:
    """A folder is named as such, and the fix asks for the file."""
    with pytest.raises(Problem, match="not a file") as problem:
        database.check(tmp_path)

    assert "the database file itself" in problem.value.fix


def test_the_file_is_not_changed_by_looking(tmp_path: Path) -> None:
    """Looking leaves no side file and no changed byte."""
    path = tmp_path / "it.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE stories (id INTEGER PRIMARY KEY)")
    connection.close()
    before = path.read_bytes()

    database.check(path)

    assert ([path], before) == (list(tmp_path.iterdir()), path.read_bytes())


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another user's folder ends with exit code 10, not with a trace."""

    def refused(_self: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "exists", refused)

    with pytest.raises(Problem, match="cannot be read") as problem:
        database.check(tmp_path / "theirs" / "it.db")

    assert problem.value.exit_code is ExitCode.DATABASE
