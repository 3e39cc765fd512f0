"""Checks a resource's inputs against the types that the installed SDK declares.

Stricter than the vendors' plugins, which turn ``"3"`` into 3 without a word: what passes here passes there.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from providers.kit import UNKNOWN, Failure, Path, render
from providers.kit.values import SIGNATURE
from sandbox.plugins.sdk_types import (
    Anything,
    AssetType,
    ListOf,
    MapOf,
    OneOf,
    Property,
    Ref,
    Scalar,
    Sdk,
    Type,
)

_MOST_VALUES_SHOWN = 12


@dataclass(frozen=True)
class Checker:
    """Checks values against types of one SDK.

    Attributes:
        sdk: where the types come from.
    """

    sdk: Sdk

    def failures(self, properties: Mapping[str, Property], inputs: Mapping[str, object]) -> tuple[Failure, ...]:
        """Everything wrong with a resource's inputs, in the order of the paths; empty when nothing is."""
        return tuple(sorted(self._object(properties, inputs, ()), key=lambda failure: render(failure.path)))

    def _object(self, properties: Mapping[str, Property], value: Mapping[str, object], path: Path) -> Iterator[Failure]:
        # A null means "not given" to the engine; double-underscored keys are bookkeeping of vendors' plugins.
        given = {key: item for key, item in value.items() if item is not None and not key.startswith("__")}
        for key in sorted(given.keys() - properties.keys()):
            yield Failure((*path, key), _unknown(key, properties))
        for name, item in properties.items():
            if name in given:
                yield from self._value(item.type, given[name], (*path, name))
            elif item.required:
                yield Failure((*path, name), f"required property {name!r} is missing")

    def _value(self, kind: Type, value: object, path: Path) -> Iterator[Failure]:
        if _opaque(value):
            return
        match kind:
            case Anything():
                return
            case AssetType():
                yield Failure(path, f"expected an asset or archive, got {_kind(value)}")
            case Scalar():
                yield from _scalar(kind, value, path)
            case ListOf():
                yield from self._list(kind, value, path)
            case MapOf():
                yield from self._map(kind, value, path)
            case OneOf():
                yield from self._one_of(kind, value, path)
            case Ref():
                yield from self._nested(kind, value, path)

    def _list(self, kind: ListOf, value: object, path: Path) -> Iterator[Failure]:
        if not isinstance(value, list | tuple):
            yield Failure(path, f"expected a list, got {_kind(value)}")
            return
        for index, item in enumerate(value):
            if item is not None:
                yield from self._value(kind.item, item, (*path, index))

    def _map(self, kind: MapOf, value: object, path: Path) -> Iterator[Failure]:
        if not isinstance(value, Mapping):
            yield Failure(path, f"expected a map, got {_kind(value)}")
            return
        for key, item in value.items():
            if item is not None:
                yield from self._value(kind.value, item, (*path, str(key)))

    def _nested(self, kind: Ref, value: object, path: Path) -> Iterator[Failure]:
        target = self.sdk.resolve(kind)
        if not isinstance(target, Mapping):
            yield from self._value(target, value, path)
        elif isinstance(value, Mapping):
            yield from self._object(target, value, path)
        else:
            yield Failure(path, f"expected an object, got {_kind(value)}")

    def _one_of(self, kind: OneOf, value: object, path: Path) -> Iterator[Failure]:
        attempts = [list(self._value(option, value, path)) for option in kind.options]
        if all(attempts):
            # The option that got furthest explains best: its failures lie deepest.
            yield from max(attempts, key=lambda failures: max(len(failure.path) for failure in failures))


def _scalar(kind: Scalar, value: object, path: Path) -> Iterator[Failure]:
    if not _fits(kind, value):
        article = "an" if kind.kind == "integer" else "a"
        yield Failure(path, f"expected {article} {kind.kind}, got {_kind(value)}")
    elif kind.values and value not in kind.values:
        near = difflib.get_close_matches(str(value), kind.values, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        shown = ", ".join(repr(item) for item in kind.values[:_MOST_VALUES_SHOWN])
        more = ", ..." if len(kind.values) > _MOST_VALUES_SHOWN else ""
        # The value itself stays out: it may be a secret put in the wrong place.
        yield Failure(path, f"this value is not allowed; allowed: {shown}{more}{hint}")


def _fits(kind: Scalar, value: object) -> bool:
    match kind.kind:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "integer":
            # Every number travels as a double: 3.0 is how the engine sends 3.
            return isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()


def _kind(value: object) -> str:
    """What a value is, never the value itself: it may be a secret."""
    match value:
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list() | tuple():
            return "a list"
        case Mapping():
            return "an object"
        case _:
            return f"a {type(value).__name__}"


def _unknown(key: str, properties: Mapping[str, Property]) -> str:
    near = difflib.get_close_matches(key, properties, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"unknown property {key!r}{hint}"


def _opaque(value: object) -> bool:
    """Whether a value cannot be looked into, and so is taken as right: one not known yet, an asset, an archive."""
    return value is UNKNOWN or (isinstance(value, Mapping) and SIGNATURE in value)
