"""Imports go down the list of layers, never up."""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

from tests.repo.tree import text, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: From the top down; `jobs` stand beside it and import nothing of it.
LAYERS = ("infra", "providers", "monitoring", "policies", "delivery", "sandbox", "toolchain")
#: Importer's folder -> what it may import from above; CONTRIBUTING.md names the same.
EXCEPTIONS = {
    # The stand-ins are Pulumi providers: they use the same kit.
    "sandbox/plugins": ("providers.kit",),
    # `gw` drives the whole: it checks the stack file before the engine starts and knows which keys in it are secret,
    # shows what the policies found, and asks Railway and UptimeRobot by their providers' own clients.
    "delivery": ("infra.settings", "infra.stackfile", "policies", "providers"),
}

#: What ships. A job's tests do not: they may start a binary of `toolchain`.
CODE = [path for path in tracked("*.py") if path.parts[0] in (*LAYERS, "jobs") and "tests" not in path.parts]
MOST_LINES = 400
MOST_LINES_OF_AN_ENTRY = 80


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
    excused = [name for folder, names in EXCEPTIONS.items() if path.is_relative_to(folder) for name in names]
    if any(module == name or module.startswith(f"{name}.") for name in excused):
        return True
    return LAYERS.index(path.parts[0]) <= LAYERS.index(target)


def test_imports_go_down() -> None:
    """A file imports from its own layer and the ones below."""
    assert [f"{path}: {module}" for path in CODE for module in imports(path) if not allowed(path, module)] == []


def test_rules_know_no_sdk() -> None:
    """Rules and what they share are plain functions: they import the standard library and `policies` alone."""
    plain = {*sys.stdlib_module_names, "policies"}
    rules = [path for path in CODE if any(path.is_relative_to(f"policies/{name}") for name in ("rules", "domain"))]

    assert rules
    assert [f"{path}: {name}" for path in rules for name in imports(path) if name.partition(".")[0] not in plain] == []


def test_a_file_holds_one_thing() -> None:
    """No file has more than 400 lines: one that grows beyond is two things."""
    assert [str(path) for path in tracked("*.py") if len(text(path).splitlines()) > MOST_LINES] == []


def test_entries_only_wire() -> None:
    """A `__main__.py` is short: logic has a name, and a test, of its own."""
    entries = [path for path in CODE if path.name == "__main__.py"]

    assert [str(path) for path in entries if len(text(path).splitlines()) > MOST_LINES_OF_AN_ENTRY] == []


def test_importing_is_free() -> None:
    """No environment is read at module level: what a program does depends on its call, not on its import."""
    assert [str(path) for path in CODE if _read_at_import(path)] == []


def _read_at_import(path: Path) -> list[str]:
    body = [node for node in ast.parse(text(path)).body if not _deferred(node)]
    return [ast.unparse(node) for statement in body for node in ast.walk(statement) if _reads_environment(node)]


def _deferred(node: ast.stmt) -> bool:
    """Whether a statement of a module does nothing but define, or runs only as the program itself."""
    main = isinstance(node, ast.If) and ast.unparse(node.test) == "__name__ == '__main__'"
    return main or isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def _reads_environment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
