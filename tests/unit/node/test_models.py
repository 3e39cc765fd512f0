"""What the node learns of the API's types before its threads begin."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

from lightkube.core.resource import Resource

from sandbox.node import models


def _used() -> set[type]:
    """Every resource that a file of the node imports."""
    found: set[type] = set()
    for path in Path(models.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("lightkube.resources."):
                module = importlib.import_module(node.module or "")
                found |= {getattr(module, alias.name) for alias in node.names}
    return {kind for kind in found if issubclass(kind, Resource)}


def test_every_type_is_learned() -> None:
    """No thread is the first to meet a type: two at once end the process."""
    assert _used() - set(models.READ) == set()
