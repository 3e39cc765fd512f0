"""The shape of typed inputs on the wire: which fields there are, and what is marked, at whatever depth.

Everything that treats plain values by their model's markers is here: order, server defaults, secrets, replacements.
"""

from __future__ import annotations

import json
import types
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from providers.kit.markers import Marker, Secret, ServerDefault, Unordered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from providers.kit.paths import Path, Pattern
    from providers.kit.values import Properties, Value

_ANYTHING: Final[TypeAdapter[Any]] = TypeAdapter(Any)


@dataclass(frozen=True)
class Shape:
    """One place in the inputs.

    Attributes:
        scalars: the Python types of a plain value; none where there is something below, or where it may be anything.
        markers: the kinds of markers it has.
        models: the models that it may hold: one, or those of a union; none for plain values, lists and dicts.
        fields: what is below a model, by wire name; of a union the fields of all its models.
        element: what is below a list or dict: the shape of each entry.
        keyed: whether it is a dict.
        mixed: whether it is a union of which not all members are plain values.
        declared: the model's own field; None for what no field declares.
    """

    scalars: frozenset[type] = frozenset()
    markers: frozenset[type[Marker]] = frozenset()
    models: tuple[type[BaseModel], ...] = ()
    fields: Mapping[str, Shape] = field(default_factory=dict)
    element: Shape | None = None
    keyed: bool = False
    mixed: bool = False
    declared: FieldInfo | None = None

    def named(self, marker: type[Marker]) -> tuple[str, ...]:
        """The wire names of this model's own fields that have the marker."""
        return tuple(name for name, below in self.fields.items() if marker in below.markers)

    def patterns(self, marker: type[Marker]) -> tuple[Pattern, ...]:
        """Every place at any depth that has the marker."""
        return tuple(_marked(self, marker, ()))

    def at(self, path: Path) -> Shape | None:
        """The shape at a path of values; None where the model has nothing."""
        found: Shape | None = self
        for part in path:
            if found is None:
                return None
            found = found.fields.get(str(part)) if found.fields else found.element
        return found

    def default(self) -> Value:
        """What the field is when nothing is given, as it travels; None when it must be given."""
        if self.declared is None or self.declared.is_required():
            return None
        default = self.declared.get_default(call_default_factory=True, validated_data={})
        plain: Value = _ANYTHING.dump_python(default, mode="json", by_alias=True)
        return plain


@cache
def of(model: type[BaseModel]) -> Shape:
    """The shape of a model."""
    return _shape(model)


def of_type(annotation: Any) -> Shape:  # noqa: ANN401 - any type
    """The shape of a value of a type, as in ``Annotated[list[str], Secret()]``."""
    return _shape(annotation)


def wire_name(name: str, declared: FieldInfo) -> str:
    """The name under which a model's field travels."""
    return declared.serialization_alias or declared.alias or name


def tidy(values: Mapping[str, Value], shape: Shape) -> Properties:
    """The values without what is None, lists of `Unordered` sorted."""
    return {key: _tidy(value, shape.fields.get(key)) for key, value in values.items() if value is not None}


def settled(values: Mapping[str, Value], given: Mapping[str, Value], shape: Shape) -> Properties:
    """The values without each `ServerDefault` that `given` does not give; both must be tidy."""
    return {
        key: _settled(value, given.get(key), below)
        for key, value in values.items()
        if (below := shape.fields.get(key)) is None or ServerDefault not in below.markers or key in given
    }


def without_defaults(values: Mapping[str, Value], names: Collection[str], shape: Shape) -> Properties:
    """The values without those of the names that are as the model has them when nothing is given."""
    return {key: value for key, value in values.items() if key not in names or value != shape.fields[key].default()}


def secrets(model: type[BaseModel], computed: Mapping[str, Any]) -> tuple[Pattern, ...]:
    """Every place that is secret by its nature, in a model and in the outputs beside it."""
    beside = (
        (name,)
        for name, kind in computed.items()
        if Secret in of_type(kind).markers or (isinstance(kind, dict) and kind.get("secret"))
    )
    return (*of(model).patterns(Secret), *beside)


def order(value: Value) -> str:
    """A text that is the same for values that are equal by the kit's rules (`diff`), to sort and compare by."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, default=repr)


def widened(paths: Collection[Path]) -> frozenset[Path]:
    """Secret paths, each that leads into a list ended at that list: its entries may move."""
    return frozenset(
        path[: next((index for index, part in enumerate(path) if isinstance(part, int)), len(path))] for path in paths
    )


def _plain(value: Value) -> Value:
    """The value with whole numbers as integers, and without what is None."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(child) for key, child in value.items() if child is not None}
    if isinstance(value, list):
        return [_plain(child) for child in value]
    return value


def _tidy(value: Value, shape: Shape | None) -> Value:
    if isinstance(value, Mapping):
        return {key: _tidy(child, _below(shape, key)) for key, child in value.items() if child is not None}
    if isinstance(value, list):
        entries = [_tidy(child, shape.element if shape else None) for child in value]
        return sorted(entries, key=order) if shape and Unordered in shape.markers else entries
    return value


def _below(shape: Shape | None, key: str) -> Shape | None:
    return (shape.fields.get(key) or shape.element) if shape else None


def _settled(value: Value, given: Value, shape: Shape | None) -> Value:
    if shape is None:
        return value
    if isinstance(value, dict):
        if not isinstance(given, dict):
            return value
        if shape.fields:
            return settled(value, given, shape)
        return {key: _settled(child, given.get(key), shape.element) for key, child in value.items()}
    if isinstance(value, list) and isinstance(given, list) and shape.element:
        partners = _partners(value, given, shape.element) if Unordered in shape.markers else given
        rows = [
            _settled(child, partners[index] if index < len(partners) else None, shape.element)
            for index, child in enumerate(value)
        ]
        return sorted(rows, key=order) if Unordered in shape.markers else rows
    return value


def _partners(values: list[Value], given: list[Value], shape: Shape) -> list[Value]:
    """For each entry the one of `given` that is equal but for what the server decides; None where there is none."""
    left = list(given)
    found: list[Value] = []
    for value in values:
        partner = next((item for item in left if order(_settled(value, item, shape)) == order(item)), None)
        if partner is not None:
            left.remove(partner)
        found.append(partner)
    return found


def _marked(shape: Shape, marker: type[Marker], path: Pattern) -> Iterator[Pattern]:
    if marker in shape.markers:
        yield (*path, "*") if marker is Secret and shape.element else path
    for name, below in shape.fields.items():
        yield from _marked(below, marker, (*path, name))
    if shape.element:
        yield from _marked(shape.element, marker, (*path, "*"))


def _shape(annotation: Any, markers: frozenset[type[Marker]] = frozenset(), declared: FieldInfo | None = None) -> Shape:  # noqa: ANN401 - any type
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(arguments[0], markers | _kinds(arguments[1:]), declared)
    if origin in {Union, types.UnionType}:
        return _union([_shape(member) for member in arguments if member is not type(None)], markers, declared)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = {
            wire_name(name, info): _shape(info.annotation, _kinds(info.metadata), info)
            for name, info in annotation.model_fields.items()
        }
        return Shape(markers=markers, models=(annotation,), fields=fields, declared=declared)
    if isinstance(origin, type) and issubclass(origin, Collection):
        keyed = issubclass(origin, Mapping)
        entry = _shape(arguments[1] if keyed else arguments[0])
        return Shape(markers=markers, element=entry, keyed=keyed, declared=declared)
    return Shape(_scalars(annotation), markers, declared=declared)


def _scalars(annotation: Any) -> frozenset[type]:  # noqa: ANN401 - any type
    if get_origin(annotation) is Literal:
        return frozenset(type(value) for value in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return frozenset(type(member.value) for member in annotation)
    return frozenset({annotation}) if isinstance(annotation, type) else frozenset()


def _union(members: list[Shape], markers: frozenset[type[Marker]], declared: FieldInfo | None) -> Shape:
    """One shape for all members: which of them a value has is known only when it is there."""
    both = markers.union(*(member.markers for member in members))
    if len(members) == 1:
        return replace(members[0], markers=both, declared=declared)
    below = [member for member in members if not member.scalars]
    return Shape(
        scalars=frozenset() if below else frozenset().union(*(member.scalars for member in members)),
        markers=both,
        models=tuple(model for member in members for model in member.models),
        fields={name: child for member in members for name, child in member.fields.items()},
        element=next((member.element for member in members if member.element), None),
        keyed=any(member.keyed for member in members),
        mixed=bool(below),
        declared=declared,
    )


def _kinds(metadata: Collection[Any]) -> frozenset[type[Marker]]:
    return frozenset(type(item) for item in metadata if isinstance(item, Marker))
