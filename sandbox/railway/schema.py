"""The schema of `schema.graphql`, each of its fields answered from an account."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, build_schema

from sandbox.fake.store import Document
from sandbox.railway import (
    deployments,
    environments,
    instances,
    network,
    projects,
    services,
    staged,
    variables,
    volumes,
)
from sandbox.railway.account import Account, Arguments

if TYPE_CHECKING:
    from graphql import GraphQLResolveInfo

#: Answers a field of Query or Mutation.
Root = Callable[[Account, Arguments], object]
#: Answers a field of another type; what it does not name is read from the object by its name.
Nested = Callable[[Account, Document, Arguments], object]

SOURCE = Path(__file__).with_name("schema.graphql")
_WITH_FIELDS = (projects, environments, services, instances, volumes, network, deployments, staged)


@cache
def schema() -> GraphQLSchema:
    """The schema, read once.

    Raises:
        KeyError: a resolver is of no field, or a field of Query or Mutation has none.
    """
    made = build_schema(SOURCE.read_text())
    queries: dict[str, Root] = {}
    mutations: dict[str, Root] = {}
    for module in (*_WITH_FIELDS, variables):
        queries |= module.QUERIES
        mutations |= module.MUTATIONS
    for kind, resolvers, answers in (
        (made.query_type, queries, _query),
        (made.mutation_type, mutations, _mutation),
    ):
        for name, field in _fields(kind).items():
            field.resolve = answers(resolvers.pop(name))
        if resolvers:
            raise KeyError(f"no such field: {', '.join(resolvers)}")
    for module in _WITH_FIELDS:
        for kind_name, nested in module.FIELDS.items():
            for name, resolver in nested.items():
                _fields(made.type_map[kind_name])[name].resolve = _nested(resolver)
    return made


def _fields(kind: object) -> Mapping[str, GraphQLField]:
    if not isinstance(kind, GraphQLObjectType):
        raise KeyError(f"no object type: {kind}")
    fields: Mapping[str, GraphQLField] = kind.fields
    return fields


def _query(resolver: Root) -> Callable[..., object]:
    def resolve(_source: None, info: GraphQLResolveInfo[Account], **arguments: object) -> object:
        return resolver(info.context, arguments)

    return resolve


def _mutation(resolver: Root) -> Callable[..., object]:
    """A mutation that fails has done nothing, however far it went."""

    def resolve(_source: None, info: GraphQLResolveInfo[Account], **arguments: object) -> object:
        state = info.context.state
        before = json.dumps(state)
        try:
            return resolver(info.context, arguments)
        except Exception:
            state.clear()
            state.update(json.loads(before))
            raise

    return resolve


def _nested(resolver: Nested) -> Callable[..., object]:
    def resolve(source: Document, info: GraphQLResolveInfo[Account], **arguments: object) -> object:
        return resolver(info.context, source, arguments)

    return resolve
