"""Whether a table says what the installed SDK says: each input of each mapped type has exactly one Terraform field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.checkov import mapping
from policies.checkov.mapping import Kind
from sandbox.plugins.sdk_types import Anything, AssetType, ListOf, MapOf, OneOf, Ref, Scalar, Sdk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policies.checkov.mapping import Block, Shape
    from policies.checkov.table import Table
    from sandbox.plugins.sdk_types import Property, Type


def differences(table: Table) -> list[str]:
    """What a table and the installed SDK of its package do not agree on; empty when they do."""
    sdk = Sdk(f"pulumi_{table['name']}")
    seen: set[tuple[Ref, Block]] = set()
    found = [] if table["version"] == sdk.source.version else [f"version: the SDK's is {sdk.source.version}"]
    for mapped in mapping.mapped(table):
        resource = sdk.resource(mapped.token)
        if resource is None:
            found.append(f"{mapped.token}: the SDK has no such type")
        else:
            found += _block(resource.inputs, mapped.block, _Walk(sdk, mapped.token, seen))
    return found


class _Walk:
    """Where in a type one is, and which of its classes were held against which block already."""

    def __init__(self, sdk: Sdk, path: str, seen: set[tuple[Ref, Block]]) -> None:
        """Args: the SDK, the path for messages, what needs no second look (some classes contain themselves)."""
        self.sdk = sdk
        self.path = path
        self.seen = seen

    def into(self, name: str) -> _Walk:
        return _Walk(self.sdk, f"{self.path}.{name}", self.seen)


def _block(properties: Mapping[str, Property], block: Block, walk: _Walk) -> Iterator[str]:
    if len(block.pulumi) != len(block.terraform):
        yield f"{walk.path}: two Terraform fields go by one name"
    yield from (f"{walk.path}.{name}: no Terraform field" for name in properties if name not in block.pulumi)
    yield from (f"{walk.path}.{name}: no such input" for name in block.pulumi if name not in properties)
    for name, prop in properties.items():
        if name in block.pulumi:
            yield from _type(prop.type, block.pulumi[name][1], walk.into(name))


def _type(kind: Type, shape: Shape, walk: _Walk) -> Iterator[str]:
    if isinstance(kind, OneOf):
        # A string or the same as an object (a document), or a string or one of an enum.
        if shape.kind is not Kind.STRING:
            yield f"{walk.path}: several types in the SDK, {shape.kind.name} in the table"
    elif isinstance(kind, ListOf):
        yield from _expect(shape.many, walk, "a list")
        if shape.many and shape.element:
            yield from _type(kind.item, shape.element, walk.into("[]"))
    elif shape.one and shape.element:
        yield from _type(kind, shape.element, walk)
    elif isinstance(kind, MapOf):
        yield from _expect(shape.kind is Kind.MAP, walk, "a map")
        if shape.element:
            yield from _type(kind.value, shape.element, walk.into("{}"))
    elif isinstance(kind, Ref):
        yield from _ref(kind, shape, walk)
    else:
        yield from _expect(shape.kind in _scalars(kind), walk, "a scalar of that type")


def _ref(ref: Ref, shape: Shape, walk: _Walk) -> Iterator[str]:
    resolved = walk.sdk.resolve(ref)
    if not isinstance(resolved, dict):
        yield from _type(resolved, shape, walk)
        return
    yield from _expect(shape.kind is Kind.OBJECT, walk, "an object")
    if shape.block is not None and (ref, shape.block) not in walk.seen:
        walk.seen.add((ref, shape.block))
        yield from _block(resolved, shape.block, walk)


def _scalars(kind: Scalar | Anything | AssetType) -> set[Kind]:
    if isinstance(kind, Scalar):
        return {{"string": Kind.STRING, "boolean": Kind.BOOL, "integer": Kind.INT, "number": Kind.FLOAT}[kind.kind]}
    return {Kind.STRING} if isinstance(kind, AssetType) else {Kind.DYNAMIC}


def _expect(holds: bool, walk: _Walk, wanted: str) -> Iterator[str]:  # noqa: FBT001 - what a test found
    if not holds:
        yield f"{walk.path}: the SDK has {wanted}, the table not"
