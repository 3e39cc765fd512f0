"""AWS tags by key, however a type takes them."""

from __future__ import annotations

from collections.abc import Mapping

from policies.facts import UNKNOWN, Facts, Value, entries, look

#: Classes of data that outsiders must not see (`infra/naming.py`, `DataClass`).
SENSITIVE = frozenset({"confidential", "personal"})


def tags(facts: Facts) -> Mapping[str, Value] | None:
    """Tags from a mapping, or from a list of ``{key, value}`` as auto scaling groups have; None: not known."""
    given = look(facts.props, "tags")
    if isinstance(given, Mapping):
        return given
    by_key: dict[str, Value] = {}
    for entry in entries(given):
        key = look(entry, "key")
        if key is UNKNOWN:
            return None
        by_key[str(key)] = look(entry, "value")
    return by_key


def sensitive(facts: Facts) -> bool:
    """Whether its tags say that it holds data that outsiders must not see."""
    said = look(tags(facts), "data-class")
    return isinstance(said, str) and said in SENSITIVE
