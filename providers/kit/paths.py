"""Property paths: where in a resource's properties a value stands.

Inside the kit a path is a tuple of keys and indices. `render` gives the engine's own text form
(https://www.pulumi.com/docs/concepts/miscellaneous/property-paths/).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Path: TypeAlias = tuple[str | int, ...]

#: A path in which ``"*"`` stands for any one key or index.
Pattern: TypeAlias = tuple[str | int, ...]

_PLAIN = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def render(path: Path) -> str:
    """The path as the engine writes it: ``spec.containers[0]["a.b"]``; empty for the root."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN.fullmatch(part):
            text += f".{part}" if text else part
        else:
            text += '["' + part.replace('"', '\\"') + '"]'
    return text


def matches(path: Path, pattern: Pattern) -> bool:
    """Whether the path is at, or below, what the pattern names."""
    return len(path) >= len(pattern) and all(want in ("*", part) for part, want in zip(path, pattern, strict=False))


def expand(pattern: Pattern, value: object) -> Iterator[Path]:
    """Every path that exists in the value and that the pattern names."""
    if not pattern:
        yield ()
        return
    head, rest = pattern[0], pattern[1:]
    for key, child in _children(value):
        if head in ("*", key):
            yield from ((key, *tail) for tail in expand(rest, child))


def _children(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)
