"""One value of Pulumi's in Terraform's words, and which part of it nobody knows yet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from policies.checkov.mapping import Kind
from policies.checkov.numbers import whole
from policies.facts import UNKNOWN
from policies.preview import SECRET

if TYPE_CHECKING:
    from policies.checkov.mapping import Block, Shape
    from policies.facts import Value

#: How the names begin of what the engine and the vendors' plugins note beside inputs, as ``__internal``.
_BOOKKEEPING = "__"
#: Which inputs are defaults: this one stands in maps too, whose other keys are the user's.
_DEFAULTS = "__defaults"
_CAPITAL = re.compile(r"(?<!^)[A-Z]")

#: In place of a value that is not known; what holds it leaves it out.
_OMIT: Final = object()


def fields(values: Mapping[str, Value], block: Block) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of a block, in Terraform's words.

    Returns:
        The values that are known, and for each that is not, wholly or in part, its place (``after_unknown`` of a
        plan: ``True`` where nothing is known).
    """
    known: dict[str, Any] = {}
    unknown: dict[str, Any] = {}
    for name, value in values.items():
        if name.startswith(_BOOKKEEPING):
            continue
        named = block.pulumi.get(name)
        target = named[0] if named else _snake(name)
        if named is None and target in block.terraform:
            continue  # the property that is really called so says it
        made, missing = _value(value, named[1]) if named else _plain(value)
        if made is not _OMIT:
            known[target] = made
        if missing:
            unknown[target] = missing
    return known, unknown


def _value(value: Value, shape: Shape) -> tuple[Any, Any]:
    if value is UNKNOWN or (value == SECRET and shape.kind not in {Kind.STRING, Kind.DYNAMIC}):
        return _OMIT, True  # what a secret list or switch is, is hidden: no more known than what is not computed
    if value is None:
        return None, False
    made: tuple[Any, Any] | None = None
    if shape.kind in {Kind.LIST, Kind.SET}:
        made = _list(value, shape)
    elif isinstance(value, Mapping) and shape.kind in {Kind.MAP, Kind.OBJECT}:
        made = _object(value, shape)
    elif shape.kind is not Kind.DYNAMIC:
        made = _scalar(value, shape.kind)
    return made or _plain(value)


def _list(value: Value, shape: Shape) -> tuple[Any, Any] | None:
    if shape.element is None:
        return None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _entries([_value(entry, shape.element) for entry in value])
    return _entries([_value(value, shape.element)]) if shape.one else None


def _object(value: Mapping[str, Value], shape: Shape) -> tuple[Any, Any] | None:
    if shape.block is not None:
        return fields(value, shape.block)
    element = shape.element
    if element is None:
        return None
    return _named({key: _value(entry, element) for key, entry in value.items() if key != _DEFAULTS})


def _scalar(value: Value, kind: Kind) -> tuple[Any, Any] | None:
    """Terraform converts a scalar to the type that is declared; documents become strings of JSON."""
    if kind is Kind.STRING and isinstance(value, Mapping | Sequence) and not isinstance(value, str):
        document, unknown = _plain(value)
        return (_OMIT, True) if unknown else (json.dumps(document, ensure_ascii=False), False)
    if kind is Kind.STRING and isinstance(value, bool | int | float):
        return json.dumps(whole(value)), False
    if kind is Kind.BOOL and value in ("true", "false"):
        return value == "true", False
    return (whole(value), False) if isinstance(value, int | float) else None


def _plain(value: Value) -> tuple[Any, Any]:
    """A value that no table describes, as it is."""
    if value is UNKNOWN:
        return _OMIT, True
    if isinstance(value, Mapping):
        return _named({key: _plain(entry) for key, entry in value.items() if key != _DEFAULTS})
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _entries([_plain(entry) for entry in value])
    return value, False


def _named(made: Mapping[str, tuple[Any, Any]]) -> tuple[dict[str, Any], Any]:
    unknown = {key: missing for key, (_, missing) in made.items() if missing}
    return {key: value for key, (value, _) in made.items() if value is not _OMIT}, unknown or False


def _entries(made: Sequence[tuple[Any, Any]]) -> tuple[list[Any], Any]:
    """A list keeps its length: Terraform writes null for an entry that is not known."""
    unknown = [missing for _, missing in made]
    return [None if value is _OMIT else value for value, _ in made], unknown if any(unknown) else False


def _snake(name: str) -> str:
    """What the bridge calls a property that its mapping does not have."""
    return _CAPITAL.sub(lambda found: f"_{found[0]}", name).lower()
