"""Typed inputs: one model gives a resource's schema, its check, what is compared, and what is secret.

A field's markers stand in its type: ``region: Annotated[str | None, ServerDefault(), Replaces()] = None``. Whatever
the program may leave out has the vendor's documented default in the model: check fills it in, it is sent and
compared, and so a change of it behind our back is found. None is the same as absent.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from providers.kit import shape as shapes
from providers.kit.diff import differ
from providers.kit.handler import Checked, Failure
from providers.kit.markers import Replaces, Secret, ServerDefault, Unordered, WriteOnly
from providers.kit.values import at, has_unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from providers.kit.diff import Change
    from providers.kit.paths import Path
    from providers.kit.values import Properties, Value

__all__ = [
    "Inputs",
    "Replaces",
    "Secret",
    "ServerDefault",
    "Unordered",
    "WriteOnly",
    "changes",
    "check",
    "lenient",
    "strict",
    "wire",
]

#: Errors about a key, not about its value: an unknown value is no excuse for them.
_OF_KEYS: Final = frozenset({"missing", "extra_forbidden"})


class Inputs(BaseModel):
    """A resource's inputs (or a part of them): snake_case in Python, camelCase on the wire.

    Validators never see an unknown value: a field that holds one is not validated in the preview that it is unknown
    in. A name that `to_camel` does not give is written out: ``Field(alias="memoryGB")``.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, hide_input_in_errors=True
    )


M = TypeVar("M", bound=Inputs)


def check(model: type[Inputs], inputs: Properties) -> Checked:
    """The inputs with defaults filled in and lists of `Unordered` sorted, or every failure with its path.

    Unknown values pass. A key that the model does not have is a failure that names the nearest one it has.
    """
    shape = shapes.of(model)
    given = shapes.tidy(inputs, shape)
    try:
        return Checked(wire(strict(model, given)))
    except ValidationError as error:
        if failures := tuple(_failures(error, given, shape)):
            return Checked(inputs, failures)
    return Checked(shapes.tidy(_filled(given, model), shape))


def wire(inputs: Inputs) -> Properties:
    """The model as it travels: camelCase, without what is None, lists of `Unordered` sorted."""
    return shapes.tidy(inputs.model_dump(mode="json", by_alias=True), shapes.of(type(inputs)))


def strict(model: type[M], values: Properties) -> M:
    """The model of values from the wire.

    Raises:
        ValidationError: they are not such values.
    """
    return model.model_validate(shapes.tidy(values, shapes.of(model)), by_alias=True, by_name=False)


def lenient(model: type[M], values: Properties) -> M:
    """The model of values that may be unknown, or come from elsewhere than a check: not validated where they fail."""
    try:
        return strict(model, values)
    except ValidationError:
        known = {
            name: values[wired]
            for name, info in model.model_fields.items()
            if (wired := shapes.wire_name(name, info)) in values
        }
        empty = {name: None for name, info in model.model_fields.items() if name not in known and info.is_required()}
        return model.model_construct(None, **known, **empty)


def changes(model: type[Inputs], old: Properties, new: Properties) -> tuple[Change, ...]:
    """What an update from old inputs to new ones changes, and which of it needs a new resource.

    What the server decides is compared only where the new inputs give it.
    """
    shape = shapes.of(model)
    after = shapes.tidy(new, shape)
    before = shapes.settled(shapes.tidy(old, shape), after, shape)
    return differ(before, after, replace_on=shape.patterns(Replaces), unordered=shape.patterns(Unordered)).changes


def _filled(values: Properties, model: type[BaseModel]) -> Properties:
    """The values with the defaults of what they leave out, in their parts too."""
    filled = dict(values)
    for name, below in shapes.of(model).fields.items():
        if name in values:
            filled[name] = _filled_in(values[name], below)
        elif (default := below.default()) is not None:
            filled[name] = default
    return filled


def _filled_in(value: Value, shape: shapes.Shape) -> Value:
    if isinstance(value, dict):
        if len(shape.models) == 1:
            return _filled(value, shape.models[0])
        return {key: _filled_in(child, shape.element) for key, child in value.items()} if shape.element else value
    if isinstance(value, list) and shape.element:
        return [_filled_in(child, shape.element) for child in value]
    return value


def _failures(error: ValidationError, values: Properties, shape: shapes.Shape) -> Iterator[Failure]:
    """A failure for each path; several errors at one path are what a union's members each want."""
    reasons: dict[Path, list[str]] = {}
    for detail in error.errors(include_url=False, include_context=False):
        if detail["type"] not in _OF_KEYS and has_unknown(detail["input"]):
            continue
        path = _path(detail, values, shape)
        found = reasons.setdefault(path, [])
        if (reason := _reason(detail, path, shape)) not in found:
            found.append(reason)
    for path, found in reasons.items():
        yield Failure(path, ", or: ".join(found))


def _path(detail: ErrorDetails, values: Properties, shape: shapes.Shape) -> Path:
    """Where the error is: its location without the names of a union's members; a field may be one that is left out."""
    found: Path = ()
    for part in detail["loc"]:
        parent = shape.at(found)
        # Of a field that is left out, the location has Python's name.
        declared = {part, to_camel(str(part))} & parent.fields.keys() if parent else frozenset()
        if at(values, (*found, part)) is not None:
            found = (*found, part)
        elif declared:
            found = (*found, min(declared, key=str))
    return found


def _reason(detail: ErrorDetails, path: Path, shape: shapes.Shape) -> str:
    if detail["type"] == "missing":
        return "is required"
    if detail["type"] == "extra_forbidden":
        parent = shape.at(path[:-1])
        names = sorted(parent.fields) if parent else []
        nearest = difflib.get_close_matches(to_camel(str(path[-1])), names, 1)
        return (
            f"there is no such key; did you mean {nearest[0]}?"
            if nearest
            else (f"there is no such key; there are: {', '.join(names)}")
        )
    return detail["msg"].removeprefix("Value error, ")
