"""No test is lost: what looks like one is where pytest finds it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.repo.tree import ids, text, tracked

if TYPE_CHECKING:
    from pathlib import Path

CODE = tracked("tests/*.py", "jobs/*/tests/*.py")
TESTS = [path for path in CODE if path.name.startswith("test_")]


def tests_in(path: Path) -> list[str]:
    """Names of the functions and methods that pytest would take for tests."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node.name
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, functions) and node.name.startswith("test_")
    ]


@pytest.mark.parametrize("path", [path for path in CODE if path not in TESTS], ids=ids)
def test_a_file_that_pytest_skips_holds_no_test(path: Path) -> None:
    """A test in a file whose name pytest does not look at would never run."""
    assert tests_in(path) == []


@pytest.mark.parametrize("path", TESTS, ids=ids)
def test_a_test_file_holds_a_test(path: Path) -> None:
    """A test file without a test matches nothing and stays green."""
    assert tests_in(path)


@pytest.mark.parametrize("path", TESTS, ids=ids)
def test_each_test_states_its_fact_and_checks_it(path: Path) -> None:
    """A test has a docstring, and something in it that can fail."""
    functions = [
        node
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name.startswith("test_")
    ]
    silent = [node.name for node in functions if not ast.get_docstring(node)]
    idle = [node.name for node in functions if not _can_fail(node)]

    assert (silent, idle) == ([], [])


def _can_fail(function: ast.AST) -> bool:
    """Whether it asserts, expects an error, or hands over to a helper that is named for asserting."""
    for node in ast.walk(function):
        if isinstance(node, (ast.Assert, ast.Raise)):
            return True
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name in {"pytest.raises", "pytest.fail", "pytest.warns"} or "assert" in name or "check" in name:
                return True
    return False


def test_no_folder_of_tests_is_a_package() -> None:
    """Test files are imported by path: an `__init__.py` would give two files of one name the same module."""
    assert [path for path in CODE if path.name == "__init__.py"] == []
