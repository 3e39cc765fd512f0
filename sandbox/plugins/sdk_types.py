"""The types of a resource's inputs and outputs, as the installed SDK's own typed classes declare them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from sandbox.plugins.sdk_source import SdkSource, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ScalarName = Literal["string", "boolean", "integer", "number"]

#: Enums of pulumi-aws that no service extends: the SDK writes ``Union[str, Enum]`` for every enum, also for those that
#: a vendor extends each month (instance types, Lambda runtimes, managed policies), which stay open here.
CLOSED_ENUMS = frozenset(
    {
        "CannedAcl",
        "LifecyclePolicyActionType",
        "LifecyclePolicyCountType",
        "LifecyclePolicyTagStatus",
        "ParameterType",
        "PlacementStrategy",
        "Tenancy",
    }
)

_SCALARS: dict[str, ScalarName] = {
    "_builtins.str": "string",
    "_builtins.bool": "boolean",
    "_builtins.int": "integer",
    "_builtins.float": "number",
    "str": "string",
}
#: pulumi-cloudflare's docstrings carry the enum of the vendor's OpenAPI schema, which its real provider enforces.
_AVAILABLE = re.compile(r'Available values: ("[^"]*"(?:, "[^"]*")*)\.')
#: How the vendors' documentation says that a property cannot be changed in place.
_REPLACES = re.compile(
    r"forces? (?:a |the )?(?:new resource|new \w+ to be created|re-?creation|replacement|creation of a new)"
    r"|cannot be changed|requires? replacement",
    re.IGNORECASE,
)
_CONSTRUCTOR = re.compile(r"(\w+) = (\w+)\.__new__\(\2\)")


@dataclass(frozen=True)
class Scalar:
    """A string, boolean, integer or number; `values` is empty or lists all that is allowed."""

    kind: ScalarName
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListOf:
    """A list of one type."""

    item: Type


@dataclass(frozen=True)
class MapOf:
    """A map from strings to one type."""

    value: Type


@dataclass(frozen=True)
class OneOf:
    """Any of some types."""

    options: tuple[Type, ...]


@dataclass(frozen=True)
class Anything:
    """Any value: what the SDK itself leaves open."""


@dataclass(frozen=True)
class AssetType:
    """A Pulumi asset or archive."""


@dataclass(frozen=True)
class Ref:
    """A nested class or an enum, looked up when it is needed: types may contain themselves (WAF statements do)."""

    name: str
    near: Path


Type: TypeAlias = Scalar | ListOf | MapOf | OneOf | Anything | AssetType | Ref


@dataclass(frozen=True)
class Property:
    """One property.

    Attributes:
        name: its name on the wire (camelCase).
        type: its type.
        required: whether it must be given; of an output, whether it is always there.
        replaces: whether its docstring says that a change needs a new resource.
    """

    name: str
    type: Type
    required: bool
    replaces: bool = False


@dataclass(frozen=True)
class ResourceType:
    """One resource type.

    Attributes:
        token: as ``aws:s3/bucket:Bucket``.
        inputs: name on the wire -> input property.
        outputs: name on the wire -> output property; `required` says that the vendor's plugin always gives it.
        secrets: names of the outputs that are secret whatever they were made from.
    """

    token: str
    inputs: dict[str, Property]
    outputs: dict[str, Property]
    secrets: frozenset[str]


@dataclass
class Sdk:
    """The types of one installed SDK, read on demand."""

    package: str
    _resources: dict[str, ResourceType | None] = field(default_factory=dict, repr=False)
    _nested: dict[Ref, dict[str, Property] | Scalar | Anything] = field(default_factory=dict, repr=False)

    @cached_property
    def source(self) -> SdkSource:
        """The SDK's source text."""
        return SdkSource(self.package)

    def resource(self, token: str) -> ResourceType | None:
        """The resource type of a token; None when this SDK has no such token."""
        if token not in self._resources:
            self._resources[token] = self._read(token)
        return self._resources[token]

    def provider(self) -> dict[str, Property]:
        """The provider's own configuration properties."""
        return self._properties(self.source.root / "provider.py", "ProviderArgs")

    def resolve(self, ref: Ref) -> dict[str, Property] | Scalar | Anything:
        """What a `Ref` stands for: properties of a nested class, or an enum as a scalar with values."""
        if ref not in self._nested:
            self._nested[ref] = self._look_up(ref)
        return self._nested[ref]

    def _read(self, token: str) -> ResourceType | None:
        path = self.source.resource_file(token)
        if path is None:
            return None
        node = self.source.class_node(path, self.source.resources[token].name)
        if node is None:
            return None
        text = ast.unparse(node)
        arguments = _CONSTRUCTOR.search(text)
        secret = re.search(r"additional_secret_outputs=(\[[^]]*\])", text)
        return ResourceType(
            token=token,
            inputs=self._properties(path, arguments[2]) if arguments else {},
            outputs={item.name: item for item in _outputs(node, path)},
            secrets=_texts(secret[1]) if secret else frozenset(),
        )

    def _properties(self, path: Path, name: str) -> dict[str, Property]:
        node = self.source.class_node(path, name)
        return {item.name: item for item in _inputs(node, path)} if node else {}

    def _look_up(self, ref: Ref) -> dict[str, Property] | Scalar | Anything:
        place = self.source.find(ref.name, ref.near)
        node = self.source.class_node(*place) if place else None
        if place is None or node is None:
            return Anything()
        if any(isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases):
            return Scalar("string", tuple(_members(node)))
        return {item.name: item for item in _inputs(node, place[0])}


def _texts(source: str) -> frozenset[str]:
    """The texts of a list, as the source writes it."""
    (statement,) = parsed(source)
    return frozenset(ast.literal_eval(statement.value)) if isinstance(statement, ast.Expr) else frozenset()


def parse(annotation: ast.expr, near: Path) -> tuple[Type, bool]:
    """A property's type out of its annotation, and whether it may be absent."""
    node = annotation
    optional = False
    while isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"pulumi.Input", "pulumi.Output", "Optional"}:
        optional = optional or ast.unparse(node.value) == "Optional"
        node = node.slice
    return _type(node, near), optional


def _type(node: ast.expr, near: Path) -> Type:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return Ref(node.value, near)
    if isinstance(node, ast.Subscript):
        return _composite(node, near)
    name = ast.unparse(node)
    if name in {"pulumi.Asset", "pulumi.Archive"}:
        return AssetType()
    return Scalar(_SCALARS[name]) if name in _SCALARS else Anything()


def _composite(node: ast.Subscript, near: Path) -> Type:
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    types = [parse(argument, near)[0] for argument in arguments]
    match ast.unparse(node.value):
        case "Sequence":
            return ListOf(types[0])
        case "Mapping":
            return MapOf(types[-1])
        case "Union":
            return _union(types)
        case _:
            return Anything()


def _union(types: list[Type]) -> Type:
    """A union; one of string and a closed enum is that enum, since the string would swallow every wrong value."""
    kept = [item for item in types if not (isinstance(item, Ref) and item.name.endswith("ArgsDict"))]
    if any(isinstance(item, Ref) and item.name in CLOSED_ENUMS for item in kept):
        kept = [item for item in kept if item != Scalar("string")]
    return kept[0] if len(kept) == 1 else OneOf(tuple(kept))


def _inputs(node: ast.ClassDef, near: Path) -> Iterator[Property]:
    """The properties of an ``...Args`` class: types from its constructor, names and enums from its getters."""
    getters = {method.name: method for method in _methods(node) if _getter(method)}
    for method in _methods(node):
        if method.name != "__init__":
            continue
        for argument, default in zip(method.args.kwonlyargs, method.args.kw_defaults, strict=True):
            getter = getters.get(argument.arg)
            if argument.annotation is None or getter is None:
                continue
            kind, _ = parse(argument.annotation, near)
            text = ast.get_docstring(getter) or ""
            yield Property(
                _getter(getter) or argument.arg,
                _narrow(kind, text),
                required=default is None,
                replaces=_REPLACES.search(text) is not None,
            )


def _outputs(node: ast.ClassDef, near: Path) -> Iterator[Property]:
    for method in _methods(node):
        name = _getter(method)
        if name and method.returns is not None:
            kind, optional = parse(method.returns, near)
            yield Property(name, kind, required=not optional)


def _narrow(kind: Type, text: str) -> Type:
    """A string's type with the values that its docstring says are available."""
    found = _AVAILABLE.search(text)
    if found is None:
        return kind
    # The generator took the underscores of some values for Markdown's emphasis: via*mcp*server*portal.
    values = tuple(item.replace("*", "_") for item in re.findall(r'"([^"]*)"', found[1]))
    if kind == Scalar("string"):
        return Scalar("string", values)
    return ListOf(Scalar("string", values)) if kind == ListOf(Scalar("string")) else kind


def _methods(node: ast.ClassDef) -> Iterator[ast.FunctionDef]:
    return (item for item in node.body if isinstance(item, ast.FunctionDef))


def _getter(method: ast.FunctionDef) -> str | None:
    """The name on the wire that a method's ``@pulumi.getter`` gives."""
    for decorator in method.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pulumi.getter":
            return str(ast.literal_eval(decorator.keywords[0].value)) if decorator.keywords else method.name
        if isinstance(decorator, ast.Attribute) and ast.unparse(decorator) == "pulumi.getter":
            return method.name
    return None


def _members(node: ast.ClassDef) -> Iterator[str]:
    for item in node.body:
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant):
            yield str(item.value.value)
