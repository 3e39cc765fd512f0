"""Our part of the schema is the vendor's, and no more than is asked of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
    is_required_input_field,
    parse,
)
from graphql.language import FieldNode, OperationDefinitionNode
from graphql.pyutils import Undefined
from graphql.type import is_required_argument

from providers.railway.operations import ALL
from sandbox.railway.schema import SOURCE, schema

# The vendor's whole schema, where somebody has put it beside the checkout; else ours is held against itself.
_BESIDE = Path(__file__).parents[5] / "shared" / "data" / "railway.graphql"
# (Its own slips, as graphql-core sees them, are not ours to mend.)
_VENDOR = build_schema((_BESIDE if _BESIDE.exists() else SOURCE).read_text(), assume_valid=True)
_OWN = [kind for name, kind in schema().type_map.items() if not name.startswith("__")]


def _lines(kind: GraphQLNamedType) -> set[str]:
    """Everything that a type says, a line each: fields with arguments and types, values, interfaces."""
    said = {type(kind).__name__}
    if isinstance(kind, GraphQLEnumType):
        said |= set(kind.values)
    if isinstance(kind, GraphQLInputObjectType):
        said |= {f"{name}: {field.type} = {_default(field.default_value)}" for name, field in kind.fields.items()}
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        said |= {f"implements {each.name}" for each in kind.interfaces}
        for name, field in kind.fields.items():
            said.add(f"{name}: {field.type}")
            said |= {f"{name}({each}: {argument.type})" for each, argument in field.args.items()}
    return said


def _default(value: object) -> object:
    return None if value is Undefined else value


def _required(kind: GraphQLNamedType) -> set[str]:
    """What a caller cannot leave out."""
    if isinstance(kind, GraphQLInputObjectType):
        return {name for name, field in kind.fields.items() if is_required_input_field(field)}
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        arguments = (
            (name, each, argument) for name, field in kind.fields.items() for each, argument in field.args.items()
        )
        return {f"{name}({each})" for name, each, argument in arguments if is_required_argument(argument)}
    return set()


@pytest.mark.parametrize("kind", _OWN, ids=str)
def test_a_type_says_what_the_vendors_says(kind: GraphQLNamedType) -> None:
    """Every field, argument, value and default of ours is there, of the same type."""
    assert set() == _lines(kind) - _lines(_VENDOR.type_map[kind.name])


@pytest.mark.parametrize("kind", _OWN, ids=str)
def test_a_type_asks_for_all_that_the_vendors_asks_for(kind: GraphQLNamedType) -> None:
    """What the vendor requires of a field that we know is known, too."""
    ours, theirs = _required(kind), _required(_VENDOR.type_map[kind.name])
    known = set(getattr(kind, "fields", {}))

    assert ours == {
        name for name in theirs if isinstance(kind, GraphQLInputObjectType) or name.partition("(")[0] in known
    }


def test_no_field_is_there_for_nobody() -> None:
    """What can be asked of the fake is what our provider asks, and what tests do behind its back."""
    asked = {
        field.name.value
        for text in ALL.values()
        for operation in parse(text).definitions
        if isinstance(operation, OperationDefinitionNode)
        for field in operation.selection_set.selections
        if isinstance(field, FieldNode)
    }
    behind = {"deploymentRedeploy", "variableDelete", "variableUpsert"}

    offered = {name for kind in (schema().query_type, schema().mutation_type) if kind for name in kind.fields}
    assert asked | behind == offered
