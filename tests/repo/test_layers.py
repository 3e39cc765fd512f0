"""Imports go down the list of layers, never up."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.repo.tree import ids, text, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: From the top down; `jobs` stand beside it and import nothing of it.
LAYERS = ("infra", "providers", "monitoring", "policies", "delivery", "sandbox", "toolchain")
#: Importer's folder -> what it may import from above. The stand-ins are Pulumi providers: they use the same kit.
EXCEPTIONS = {"sandbox/plugins": "providers.kit"}

CODE = [path for path in tracked("*.py") if path.parts[0] in (*LAYERS, "jobs")]
MOST_LINES = 400


def imports(path: Path) -> Iterator[str]:
    """Modules that a file imports, wherever in it: in functions and for type checkers too."""
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import hides its layer"
            yield node.module or ""


def allowed(path: Path, module: str) -> bool:
    """Whether a file may import a module of ours."""
    target = module.partition(".")[0]
    if target not in LAYERS:
        return True
    if path.parts[0] == "jobs":
        return False
    excused = [kit for folder, kit in EXCEPTIONS.items() if str(path).startswith(f"{folder}/")]
    if any(module == kit or module.startswith(f"{kit}.") for kit in excused):
        return True
    return LAYERS.index(path.parts[0]) <= LAYERS.index(target)


@pytest.mark.parametrize("path", CODE, ids=ids)
def test_imports_go_down(path: Path) -> None:
    """A file imports from its own layer and the ones below."""
    assert [module for module in imports(path) if not allowed(path, module)] == []


@pytest.mark.parametrize("path", [path for path in CODE if path.parts[:2] == ("policies", "rules")], ids=ids)
def test_rules_know_no_sdk(path: Path) -> None:
    """Rules are plain functions: they import the standard library and `policies` alone."""
    assert [module for module in imports(path) if module.startswith("pulumi")] == []


@pytest.mark.parametrize("path", tracked("*.py"), ids=ids)
def test_a_file_holds_one_thing(path: Path) -> None:
    """No file has more than 400 lines: one that grows beyond is two things."""
    assert len(text(path).splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [path for path in CODE if path.name == "__main__.py"], ids=ids)
def test_entries_only_wire(path: Path) -> None:
    """A `__main__.py` is short: logic has a name, and a test, of its own."""
    assert len(text(path).splitlines()) <= 60


@pytest.mark.parametrize("path", CODE, ids=ids)
def test_importing_is_free(path: Path) -> None:
    """No environment is read at module level: what a program does depends on its call, not on its import."""
    body = [node for node in ast.parse(text(path)).body if not _deferred(node)]
    reads = [ast.unparse(node) for statement in body for node in ast.walk(statement) if _reads_environment(node)]

    assert reads == []


def _deferred(node: ast.stmt) -> bool:
    """Whether a statement of a module does nothing but define, or runs only as the program itself."""
    main = isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"
    return main or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def _reads_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
