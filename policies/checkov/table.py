"""A mapping table on disk: what `pulumi package get-mapping terraform` prints, pruned, one field in a line."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent / "tables"

#: A table as it was loaded: JSON of the bridge's ``MarshallableProvider``, and `shared` blocks (see `README.md`).
Table: TypeAlias = "dict[str, Any]"


@functools.cache
def tables() -> tuple[Table, ...]:
    """Every table, read once."""
    return tuple(json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*.json")))


def text(table: Mapping[str, Any]) -> str:
    """A table as JSON that a diff can show: a line for each field of a resource."""
    return "\n".join(_lines(table)) + "\n"


def _lines(value: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    yield "{"
    for number, (key, entry) in enumerate(value.items()):
        comma = "," if number < len(value) - 1 else ""
        start = f"{indent} {json.dumps(key)}: "
        if isinstance(entry, dict) and entry and not _is_one(entry):
            first, *rest = _lines(entry, f"{indent} ")
            yield start + first
            yield from rest[:-1]
            yield rest[-1] + comma
        else:
            yield start + json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + comma
    yield f"{indent}}}"


def _is_one(entry: Mapping[str, Any]) -> bool:
    """Whether it is one field, or what Pulumi changes in one type or field."""
    return isinstance(entry.get("type"), int) or any(isinstance(entry.get(key), str) for key in ("tok", "name"))
