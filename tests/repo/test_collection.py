"""No test is lost: what looks like one is where pytest finds it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.repo.tree import text, tracked

if TYPE_CHECKING:
    from pathlib import Path

CODE = tracked("tests/*.py", "jobs/*/tests/*.py")
_GROUPED = """
import pytest

pytestmark = pytest.mark.xdist_group("one")

@pytest.mark.parametrize("number", range(8))
def test_it(number):
    assert number >= 0
"""
TESTS = [path for path in CODE if path.name.startswith("test_")]
#: Classes of tests that test files inherit, so that pytest runs them there: one suite over many subjects.
SUITE = "suite.py"


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions and methods that pytest would take for tests, by their name."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node for node in ast.walk(ast.parse(text(path))) if isinstance(node, kinds) and node.name.startswith("test")
    ]


def inherited(path: Path) -> set[str]:
    """The names of the classes that a file's own classes inherit."""
    classes = [node for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.ClassDef)]
    return {base.id for node in classes for base in node.bases if isinstance(base, ast.Name)}


def suites(path: Path) -> set[str]:
    """The classes of a suite."""
    body = ast.parse(text(path)).body
    return {node.name for node in body if isinstance(node, ast.ClassDef)} if path.name == SUITE else set()


def test_a_file_that_pytest_skips_holds_no_test() -> None:
    """A test in a file whose name pytest does not look at would never run; a suite runs where it is inherited."""
    run = set[str]().union(*(inherited(path) for path in TESTS))
    skipped = [path for path in CODE if path not in TESTS and functions(path)]

    assert [path for path in skipped if not suites(path) or not suites(path) <= run] == []


def test_a_test_file_holds_a_test() -> None:
    """A test file without a test matches nothing and stays green."""
    known = set[str]().union(*(suites(path) for path in CODE))

    assert TESTS
    assert [path for path in TESTS if not functions(path) and not inherited(path) & known] == []


def test_each_test_states_its_fact() -> None:
    """A test has a docstring: what is true when it passes."""
    assert [f"{path}:{one.lineno}" for path in CODE for one in functions(path) if not ast.get_docstring(one)] == []


def test_each_test_can_fail() -> None:
    """A test asserts something, or expects an error."""
    assert [f"{path}:{one.lineno}" for path in CODE for one in functions(path) if not _can_fail(one)] == []


def _can_fail(function: ast.AST) -> bool:
    """Whether it asserts, expects an error, or calls a helper that is named for asserting."""
    for node in ast.walk(function):
        if isinstance(node, (ast.Assert, ast.Raise)):
            return True
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in {"pytest.raises", "pytest.fail", "pytest.warns"} or name.rpartition(".")[2].startswith(
                "assert_"
            ):
                return True
    return False


def test_groups_hold(tmp_path: Path) -> None:
    """Tests of one `xdist_group` run in one process, or what they share would be started once for each process."""
    (tmp_path / "test_it.py").write_text(_GROUPED)
    command = [sys.executable, "-m", "pytest", "-v", "-n2", "--dist=loadgroup", "-p", "no:cacheprovider", str(tmp_path)]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stdout
    assert len(set(re.findall(r"^\[(gw\d)\]", done.stdout, re.MULTILINE))) == 1, done.stdout


def test_no_folder_of_tests_is_a_package() -> None:
    """Test files are imported by path: an `__init__.py` would give two files of one name the same module."""
    folders = {path.parent for path in TESTS}

    assert [path for path in CODE if path.name == "__init__.py" and path.parent in folders] == []
