"""The fake as a WSGI application: GraphQL at one path, the edge at every other."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from graphql import GraphQLError, OperationDefinitionNode, OperationType, execute_sync, parse, validate
from graphql.language import FieldNode

from sandbox.fake.admin import PREFIX
from sandbox.fake.answers import as_json
from sandbox.fake.application import Application
from sandbox.fake.fields import number
from sandbox.railway import edge, rollout
from sandbox.railway.account import Account, empty
from sandbox.railway.schema import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import DocumentNode
    from werkzeug.wrappers import Request, Response

    from sandbox.fake.store import Document

PATH = "/graphql/v2"
#: What an image may be told: whether it is well, whether its deep health is, and seconds until it serves.
_BEHAVIOUR = frozenset({"healthy", "deep", "seconds"})
_INVALID = "invalid"


class Railway(Application):
    """Railway for one account. ``PUT /_sandbox/images`` says how deployments of an image behave."""

    def initial(self) -> Document:
        """An account without a project."""
        return empty()

    def credential(self, request: Request) -> str:
        """An account's token, or a project's in a header of its own."""
        return request.headers.get("Project-Access-Token", "") or super().credential(request)

    def operations(self, request: Request) -> Sequence[str]:
        """The fields that are asked of Query or Mutation."""
        operation = _operation(_query(request))
        if operation is None:
            return [_INVALID]
        return [field.name.value for field in operation.selection_set.selections if isinstance(field, FieldNode)]

    def reads(self, request: Request) -> bool:
        """Whether it is a query."""
        operation = _operation(_query(request))
        return operation is not None and operation.operation is OperationType.QUERY

    def public(self, request: Request, state: Document, now: float) -> Response | None:
        """The edge: everything but the API's own paths."""
        if request.path == PATH or request.path.startswith(PREFIX):
            return None
        rollout.advance(state, now)
        return edge.serve(Account(state, now), request)

    def answer(self, request: Request, state: Document, now: float) -> Response:
        """Do what a GraphQL request asks; errors come in an answer of status 200, a request that is none in a 400."""
        rollout.advance(state, now)
        try:
            document = _parsed(_query(request))
        except GraphQLError as error:
            return _failed([error])
        wrong = _wrong(_query(request))
        if wrong:
            return _failed(wrong)
        result = execute_sync(
            schema(),
            document,
            context_value=Account(state, now),
            variable_values=_body(request).get("variables") or {},
            operation_name=_body(request).get("operationName"),
        )
        return as_json(result.formatted)

    def error(self, status: int, message: str) -> Response:
        """A refusal of the token comes with status 200, as Railway's does."""
        body = {"errors": [{"message": message, "extensions": {"code": "INTERNAL_SERVER_ERROR"}}], "data": None}
        return as_json(body, 200 if status == _UNAUTHORIZED else status)

    def admin(self, path: str, document: Document) -> object:
        """``images``: name -> ``{"healthy": bool, "deep": bool, "seconds": s}``, each as it is when left out.

        Raises:
            LookupError: another path.
            ValueError: something else is told of an image.
        """
        if path != "images":
            raise LookupError(path)
        for image, told in document.items():
            if not isinstance(told, dict) or told.keys() - _BEHAVIOUR:
                raise ValueError(f"{image}: {', '.join(sorted(_BEHAVIOUR))} may be told")
            number(told, "seconds", rollout.SECONDS)
        self.store.document["images"] |= document
        self.store.save(self.now())
        return {}


_UNAUTHORIZED = 401


def _body(request: Request) -> Document:
    try:
        body = json.loads(request.get_data())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _query(request: Request) -> str:
    return str(_body(request).get("query", ""))


@lru_cache(maxsize=256)
def _parsed(query: str) -> DocumentNode:
    return parse(query)


@lru_cache(maxsize=256)
def _wrong(query: str) -> Sequence[GraphQLError]:
    return validate(schema(), _parsed(query))


def _operation(query: str) -> OperationDefinitionNode | None:
    try:
        definitions = _parsed(query).definitions
    except GraphQLError:
        return None
    return next((found for found in definitions if isinstance(found, OperationDefinitionNode)), None)


def _failed(errors: Sequence[GraphQLError]) -> Response:
    shown = [{**error.formatted, "extensions": {"code": "GRAPHQL_VALIDATION_FAILED"}} for error in errors]
    return as_json({"errors": shown}, 400)
