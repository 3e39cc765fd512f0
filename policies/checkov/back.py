"""Terraform's values back in Pulumi's words, so that a rule that is written for Pulumi can judge what checkov holds.

checkov holds a plan in the form of parsed HCL: scalars in a list of one, objects in a list of one, ``"true"`` as a
boolean, a reference where a value is not known, its own keys beside the fields. Both forms are understood.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from policies.checkov import mapping
from policies.checkov.mapping import Kind
from policies.checkov.numbers import whole
from policies.facts import UNKNOWN, Facts

if TYPE_CHECKING:
    from policies.checkov.mapping import Block, Shape
    from policies.facts import Value

#: Where checkov keeps a resource's address.
_ADDRESS = "__address__"
#: What checkov writes for what is known after the update only: a constant of its own, or the resource referred to.
_AFTER_UPDATE = "true_after_unknown"
_REFERENCE = re.compile(r"(\w+)\.[A-Za-z_][\w-]*(\.\w+)?")
#: Keys that checkov adds to each object that it read from a file.
_LINES = frozenset({"__startline__", "__endline__", "start_line", "end_line"})


def facts(tf_type: str, values: Mapping[str, Any], unknown: Mapping[str, Any] | None = None) -> Facts | None:
    """A Terraform resource as a rule sees it.

    Args:
        tf_type: as ``aws_s3_bucket``.
        values: its values, of a plan or as checkov hands them to a check.
        unknown: ``after_unknown`` of a plan; None: only what `values` themselves tell.

    Returns:
        The facts, without URN and dependencies, which no plan has; None: the tables have no such type.
    """
    mapped = mapping.of_type(tf_type)
    if mapped is None:
        return None
    address = values.get(_ADDRESS)
    name = address.rpartition(".")[2] if isinstance(address, str) else ""
    return Facts(token=mapped.token, name=name, urn="", props=_fields(values, unknown or {}, mapped.block))


def _fields(values: Mapping[str, Any], unknown: Mapping[str, Any], block: Block) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name in dict.fromkeys([*values, *unknown]):
        named = block.terraform.get(name)
        if named is None:
            continue
        value = _value(values.get(name), unknown.get(name, False), named[1])
        if value is not None:
            made[named[0]] = value
    return made


def _value(value: object, unknown: object, shape: Shape) -> Value:
    if shape.element is not None and shape.kind in {Kind.LIST, Kind.SET}:
        return UNKNOWN if unknown is True else _list(value, unknown, shape, shape.element)
    bare = _bare(value)
    if unknown is True or _stands_for_unknown(bare):
        return UNKNOWN
    if shape.kind is Kind.OBJECT and shape.block is not None and isinstance(bare, Mapping):
        return _fields(bare, _named(unknown), shape.block)
    if shape.kind is Kind.MAP and shape.element is not None and isinstance(bare, Mapping):
        return _map(bare, _named(unknown), shape.element)
    return _document(bare) if shape.kind is Kind.STRING else _open(bare)


def _list(value: object, unknown: object, shape: Shape, element: Shape) -> Value:
    found = value if isinstance(value, list) else [value]
    # checkov has a list of scalars, and tags that are a list of objects, in a list of one.
    if len(found) == 1 and isinstance(found[0], list) and element.kind not in {Kind.LIST, Kind.SET}:
        found = found[0]
    missing = unknown if isinstance(unknown, list) else [unknown]
    if found == [None] and missing != [True]:
        return None
    if len(found) == 1 and _stands_for_unknown(found[0]):
        return UNKNOWN
    made = [
        UNKNOWN if entry is None else _value(entry, missing[number] if number < len(missing) else False, element)
        for number, entry in enumerate(found)
    ]
    return made[0] if shape.one and len(made) == 1 else made


def _map(value: Mapping[str, Any], unknown: Mapping[str, Any], element: Shape) -> Value:
    return {
        key: _value(value.get(key), unknown.get(key, False), element)
        for key in dict.fromkeys([*value, *unknown])
        if key not in _LINES
    }


def _document(value: object) -> Value:
    """A string: checkov makes booleans of some, and objects of documents."""
    if isinstance(value, Mapping | list):
        return json.dumps(value)
    return json.dumps(whole(value)) if isinstance(value, bool | int | float) else _open(value)


def _open(value: object) -> Value:
    """A value of which nothing is declared, as it is."""
    if isinstance(value, Mapping):
        return {str(key): _open(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_open(entry) for entry in value]
    return value if value is None or isinstance(value, str | bool | int | float) else str(value)


def _bare(value: object) -> object:
    """A value out of the list of one in which checkov holds it."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value


def _named(unknown: object) -> Mapping[str, Any]:
    """The part of ``after_unknown`` that is about the fields of an object."""
    bare = _bare(unknown)
    return bare if isinstance(bare, Mapping) else {}


def _stands_for_unknown(value: object) -> bool:
    if not isinstance(value, str):
        return False
    found = _REFERENCE.fullmatch(value)
    return value == _AFTER_UPDATE or (found is not None and mapping.of_type(found[1]) is not None)
