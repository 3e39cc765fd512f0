"""Which outputs are secret, and how error texts are kept free of them.

Three rules, each for what the others miss: an output at the path of a secret input is secret; so is one that the
handler's `secret_patterns` name; so is any text that contains a secret text of `LONG` characters or more, wherever
it turns up. A secret counts in each form in which a service may show it: as it is, quoted, and in base64.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress

from providers.kit.paths import Path, Pattern, expand
from providers.kit.values import Value, at

#: Shorter secret texts ("true", "admin") would mark innocent outputs: those are guarded by path, and error texts are
#: kept free of them only where they stand as words of their own.
LONG = 8

#: Shorter texts are no secrets, but would leave holes in every error text.
_SHORTEST = 3

#: What stands in a text in a secret's place: the engine's own word.
BLANK = "[secret]"


def texts(values: Mapping[str, Value], secrets: Iterable[Path]) -> frozenset[str]:
    """Every text and number at or below a secret path, in each of its forms."""
    found: set[str] = set()
    for path in secrets:
        _collect(at(values, path), found)
    return frozenset(form for text in found for form in _forms(text) if len(form) >= _SHORTEST)


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
    if telling := {text for text in known if len(text) >= LONG}:
        _search(values, (), telling, found)
    return frozenset(found)


def redact(text: str, known: Iterable[str]) -> str:
    """The text with every secret blanked out, the longest first, so that no part of one stays."""
    for secret in sorted(known, key=len, reverse=True):
        if len(secret) >= LONG:
            text = text.replace(secret, BLANK)
        else:
            text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", BLANK, text)
    return text


def _forms(text: str) -> Iterator[str]:
    """A secret text as it is, as JSON and Go quote it, in base64, and as what it is the base64 of."""
    yield text
    yield json.dumps(text)[1:-1]
    yield json.dumps(text, ensure_ascii=False)[1:-1]
    yield base64.b64encode(text.encode()).decode()
    with suppress(ValueError):  # it is no base64, or not of a text
        yield base64.b64decode(text, validate=True).decode()


def _collect(value: Value, found: set[str]) -> None:
    if isinstance(value, str):
        found.add(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found.add(str(value))
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
