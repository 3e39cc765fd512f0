"""Every text that a resource's properties hold, with the name that it stands under."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from policies.domain.secret_formats import secret_form
from policies.facts import UNKNOWN
from policies.preview import SECRET

if TYPE_CHECKING:
    from policies.facts import Facts, Value

#: Letters of a key that are shown in a path.
_SHOWN = 80


@dataclass(frozen=True)
class Leaf:
    """A text, or a value that is not known yet.

    Attributes:
        path: where it stands, as in ``tags.owner``; the path of the whole text for one inside JSON.
        name: the key that it stands under, or that stands beside it: ``{"name": "TOKEN", "value": "..."}``.
        text: the text; empty for what is not known.
        known: whether it is known.
    """

    path: str
    name: str
    text: str
    known: bool = True


def leaves(props: Mapping[str, Value], hidden: frozenset[str] = frozenset()) -> Iterator[Leaf]:
    """Every text below some properties, keys of mappings among them, those of JSON in a text too.

    Args:
        props: the properties.
        hidden: paths below which nothing is to be looked at.
    """
    # A list of what is left, not a function that calls itself: properties may be nested deeper than Python's calls.
    left: list[tuple[str, str, Value]] = [("", "", props)]
    while left:
        path, name, value = left.pop()
        if path in hidden:
            continue
        if isinstance(value, str):
            yield Leaf(path=path, name=name, text=value)
            left.append((path, name, _json(value)))
        elif value is UNKNOWN:
            yield Leaf(path=path, name=name, text="", known=False)
        elif isinstance(value, Mapping):
            yield from (Leaf(path=step(path, key), name="", text=key) for key in value)
            left += reversed([(step(path, key), _name(value, key), part) for key, part in value.items()])
        elif isinstance(value, Sequence):
            left += reversed([(f"{path}[{place}]", name, part) for place, part in enumerate(value)])


def marked(facts: Facts, path: str, value: Value) -> bool:
    """Whether the program has marked a value secret: the policy pack is told where, a preview shows what hides it."""
    return path in facts.secret or value == SECRET


def step(path: str, key: str) -> str:
    """The path of a key below a path. A key that is a secret itself is not shown, a very long one not whole."""
    return f"{path}.{_shown(key)}" if path else _shown(key)


# Keys are the same few in every resource.
@lru_cache(maxsize=4096)
def _shown(key: str) -> str:
    return "?" if secret_form(key) else " ".join(key[:_SHOWN].split())


def _name(holder: Mapping[str, Value], key: str) -> str:
    """The name of what stands under a key: the one beside it where the key says only that it is a value."""
    beside = holder.get("name", holder.get("key"))
    return beside if key == "value" and isinstance(beside, str) else key


def _json(text: str) -> Value:
    """The object or list that a text is; nothing for other texts."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        loaded: Value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return loaded
