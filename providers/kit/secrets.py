"""Which outputs are secret, and how error texts are kept free of them.

Three rules, each for what the others miss: an output at the path of a secret input is secret; so is one that the
handler's `secret_patterns` name; so is any text that contains a secret text of `LONG` characters or more, wherever
it turns up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from providers.kit.paths import Path, Pattern, expand
from providers.kit.values import Value, at

#: Shorter secret texts ("true", "admin") would mark and blank out innocent ones; those are guarded by path alone.
LONG = 8

#: What stands in a text in a secret's place: the engine's own word.
BLANK = "[secret]"


def texts(values: Mapping[str, Value], secrets: Iterable[Path]) -> frozenset[str]:
    """Every text of `LONG` characters or more at or below a secret path."""
    found: set[str] = set()
    for path in secrets:
        _collect(at(values, path), found)
    return frozenset(found)


def marked(
    values: Mapping[str, Value],
    *,
    paths: AbstractSet[Path],
    patterns: Iterable[Pattern] = (),
    known: AbstractSet[str] = frozenset(),
) -> frozenset[Path]:
    """The paths of the values that are to be secret, by the three rules above."""
    found = set(paths)
    for pattern in patterns:
        found.update(expand(pattern, values))
    if known:
        _search(values, (), known, found)
    return frozenset(found)


def redact(text: str, known: Iterable[str]) -> str:
    """The text with every secret blanked out, the longest first, so that no part of one stays."""
    for secret in sorted(known, key=len, reverse=True):
        text = text.replace(secret, BLANK)
    return text


def _collect(value: Value, found: set[str]) -> None:
    if isinstance(value, str):
        if len(value) >= LONG:
            found.add(value)
    elif isinstance(value, dict):
        for child in value.values():
            _collect(child, found)
    elif isinstance(value, list):
        for child in value:
            _collect(child, found)


def _search(value: Value | Mapping[str, Value], path: Path, known: AbstractSet[str], found: set[Path]) -> None:
    if isinstance(value, str):
        if any(secret in value for secret in known):
            found.add(path)
    elif isinstance(value, Mapping):
        for key, child in value.items():
            _search(child, (*path, key), known, found)
    elif isinstance(value, list):
        for index, child in enumerate(value):
            _search(child, (*path, index), known, found)
