"""A package's schema, made from its models (https://www.pulumi.com/docs/using-pulumi/pulumi-packages/schema/)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from providers.kit import shape as shapes
from providers.kit.markers import Replaces, Secret

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from providers.kit.inputs import Inputs
    from providers.kit.native import Resource
    from providers.kit.shape import Shape

_SCALARS: Final = {bool: "boolean", int: "integer", float: "number", str: "string"}
_ANY: Final = {"$ref": "pulumi.json#/Any"}


def package(name: str, version: str, config: type[Inputs], resources: Iterable[type[Resource[Any, Any]]]) -> str:
    """The schema's JSON: what `pulumi package get-schema` shows."""
    schema = _Schema(name)
    settings = schema.properties(shapes.of(config))
    body = {
        "name": name,
        "version": version,
        "config": {"variables": settings, "required": _required(shapes.of(config))},
        "provider": {"inputProperties": settings, "requiredInputs": _required(shapes.of(config))},
        "resources": {kind.token: schema.resource(kind) for kind in resources},
        "types": schema.types,
    }
    return json.dumps(body)


class _Schema:
    """One package's schema in the making: the models inside the resources become its types."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.types: dict[str, Any] = {}

    def resource(self, kind: type[Resource[Any, Any]]) -> dict[str, Any]:
        shape = shapes.of(kind.model)
        inputs = self.properties(shape)
        beside = {name: self._beside(annotation) for name, annotation in kind.computed.items()}
        return {
            "description": _said(kind),
            "inputProperties": inputs,
            "requiredInputs": _required(shape),
            "properties": {name: _without_default(spec) for name, spec in inputs.items()} | beside,
            "required": [name for name in _given(shape) if name in inputs],
        }

    def properties(self, shape: Shape) -> dict[str, Any]:
        return {name: self._property(below) for name, below in shape.fields.items()}

    def _property(self, shape: Shape) -> dict[str, Any]:
        spec = self._type(shape)
        if shape.declared and shape.declared.description:
            spec["description"] = shape.declared.description
        if isinstance(default := shape.default(), str | int | float):
            spec["default"] = default
        if Secret in shape.markers:
            spec["secret"] = True
        if Replaces in shape.markers:
            spec["willReplaceOnChanges"] = True
        return spec

    def _beside(self, kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a type or a schema
        if isinstance(kind, dict):
            return dict(kind)
        return self._property(shapes.of_type(kind))

    def _type(self, shape: Shape) -> dict[str, Any]:
        if shape.mixed:
            return dict(_ANY)
        if shape.models:
            return {"$ref": f"#/types/{self._named(shape.models[0], shape)}"}
        if shape.element:
            entry = self._type(shape.element)
            if shape.keyed:
                return {"type": "object", "additionalProperties": entry}
            return {"type": "array", "items": entry}
        return {"type": scalar} if (scalar := _scalar(shape)) else dict(_ANY)

    def _named(self, model: type[BaseModel], shape: Shape) -> str:
        token = f"{self._name}:index:{model.__name__}"
        if token not in self.types:
            self.types[token] = {"type": "object", "properties": {}}
            self.types[token] |= {
                "description": _said(model),
                "properties": self.properties(shape),
                "required": _required(shape),
            }
        return token


def _scalar(shape: Shape) -> str:
    """The schema's word for plain values; empty for what it has none for."""
    kinds = {_SCALARS.get(kind, "") for kind in shape.scalars}
    return kinds.pop() if len(kinds) == 1 else "number" if kinds == {"integer", "number"} else ""


def _required(shape: Shape) -> list[str]:
    return [name for name, below in shape.fields.items() if below.declared and below.declared.is_required()]


def _given(shape: Shape) -> list[str]:
    """The inputs that the outputs always have: those that must be given, or have a default."""
    return [name for name, below in shape.fields.items() if name in _required(shape) or below.default() is not None]


def _said(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())


def _without_default(spec: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in spec.items() if key != "default"}
