"""Which Terraform type and fields stand for a Pulumi type and its properties, read from the tables."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from policies.checkov.names import pulumi_name
from policies.checkov.table import tables

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from policies.checkov.table import Table

#: How the bridge marks the second token of a Terraform type (``pkg/tfbridge/info/rename.go``).
_LEGACY = "_legacy"


class Kind(IntEnum):
    """What a value is; the numbers are those of the bridge (``pkg/tfshim/shim.go``), `OBJECT` is our own."""

    BOOL = 1
    INT = 2
    FLOAT = 3
    STRING = 4
    LIST = 5
    MAP = 6
    SET = 7
    DYNAMIC = 8
    OBJECT = 9


@dataclass(frozen=True)
class Shape:
    """What a Terraform value looks like.

    Attributes:
        kind: what it is.
        one: it is a list that Pulumi holds as its one entry.
        element: what a list, set or map holds; None for the others.
        block: the fields of an object; None for the others.
    """

    kind: Kind
    one: bool = False
    element: Shape | None = None
    block: Block | None = None

    @property
    def many(self) -> bool:
        """Whether it is a list in Pulumi too."""
        return self.kind in {Kind.LIST, Kind.SET} and not self.one


class Block:
    """The fields of a resource or of an object in it, by both names; read when first asked, as blocks may nest."""

    def __init__(self, schema: Mapping[str, Any], infos: Mapping[str, Any], shared: Shared) -> None:
        """Args: the Terraform `schema`, what Pulumi changes in it (`infos`), and the table's `shared` blocks."""
        self._schema = schema
        self._infos = infos
        self._shared = shared

    @functools.cached_property
    def terraform(self) -> Mapping[str, tuple[str, Shape]]:
        """Terraform name -> Pulumi name, shape."""
        own = {name: info["name"] for name, info in self._infos.items() if info.get("name")}
        shapes = {
            name: _shape(schema, self._infos.get(name) or {}, self._shared) for name, schema in self._schema.items()
        }
        return {
            name: (pulumi_name(name, many=shape.many, siblings=self._schema.keys(), own=own), shape)
            for name, shape in shapes.items()
        }

    @functools.cached_property
    def pulumi(self) -> Mapping[str, tuple[str, Shape]]:
        """Pulumi name -> Terraform name, shape."""
        return {theirs: (name, shape) for name, (theirs, shape) in self.terraform.items()}


class Shared:
    """The blocks of a table that stand in several places, each read once."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        """Args: name -> Terraform schema."""
        self._schemas = schemas
        self._plain: dict[str, Block] = {}

    def block(self, name: str, infos: Mapping[str, Any]) -> Block:
        """A block, with what Pulumi changes in it at one place."""
        if infos:
            return Block(self._schemas[name], infos, self)
        if name not in self._plain:
            self._plain[name] = Block(self._schemas[name], {}, self)
        return self._plain[name]


@dataclass(frozen=True)
class Mapped:
    """One Pulumi type that a Terraform type stands for.

    Attributes:
        token: as in ``aws:s3/bucket:Bucket``.
        type: as in ``aws_s3_bucket``.
        block: its fields.
    """

    token: str
    type: str
    block: Block


def of_token(token: str) -> Mapped | None:
    """What stands for a Pulumi type; None: the tables have no such type."""
    return _by_token().get(token)


def of_type(tf_type: str) -> Mapped | None:
    """The Pulumi type of a Terraform type, the current one where there are two; None: the tables have no such type."""
    return _by_type().get(tf_type)


def every() -> Collection[Mapped]:
    """Every Terraform type of the tables with its Pulumi type, the current one where there are two."""
    return _by_type().values()


def token_to_type(token: str) -> str | None:
    """The Terraform type of a Pulumi type; None: the tables have no such type."""
    found = _by_token().get(token)
    return found.type if found else None


def provider(package: str) -> Block | None:
    """The configuration of a provider, as ``aws``; None: the tables do not have it."""
    return _providers().get(package)


def mapped(table: Table) -> list[Mapped]:
    """Every type of a table."""
    shared = Shared(table.get("shared") or {})
    schemas = table["provider"]["resources"]
    return [
        Mapped(info["tok"], name.removesuffix(_LEGACY), Block(schemas[name], info.get("fields") or {}, shared))
        for name, info in table["resources"].items()
    ]


@functools.cache
def _by_token() -> Mapping[str, Mapped]:
    return {entry.token: entry for table in tables() for entry in mapped(table)}


@functools.cache
def _by_type() -> Mapping[str, Mapped]:
    current = {info["tok"] for table in tables() for name, info in table["resources"].items() if _current(name)}
    return {entry.type: entry for entry in _by_token().values() if entry.token in current}


def _current(name: str) -> bool:
    return not name.endswith(_LEGACY)


@functools.cache
def _providers() -> Mapping[str, Block]:
    return {
        table["name"]: Block(table["provider"]["schema"], table.get("config") or {}, Shared(table.get("shared") or {}))
        for table in tables()
    }


def _shape(schema: Mapping[str, Any], info: Mapping[str, Any], shared: Shared) -> Shape:
    kind = Kind(schema["type"])
    element = schema.get("element") or {}
    inner = info.get("element") or {}
    if kind in {Kind.LIST, Kind.SET}:
        one = info.get("maxItemsOne")
        return Shape(kind, schema.get("maxItems") == 1 if one is None else one, _element(element, inner, shared))
    if kind is Kind.MAP and ("resource" in element or "shared" in element):
        # An object that is no list: the names that Pulumi gives its fields stand beside it, not in an element.
        return _element(element, info if "fields" in info else inner, shared)
    if kind is Kind.MAP:
        return Shape(kind, element=_element(element, inner, shared))
    return Shape(kind)


def _element(element: Mapping[str, Any], info: Mapping[str, Any], shared: Shared) -> Shape:
    infos = info.get("fields") or {}
    if "shared" in element:
        return Shape(Kind.OBJECT, block=shared.block(element["shared"], infos))
    if "resource" in element:
        return Shape(Kind.OBJECT, block=Block(element["resource"], infos, shared))
    if "schema" in element:
        return _shape(element["schema"], info, shared)
    return Shape(Kind.DYNAMIC)
