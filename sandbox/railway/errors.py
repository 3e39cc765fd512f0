"""Errors as Railway words them, in an answer of status 200."""

from __future__ import annotations

from graphql import GraphQLError

_CODE = "INTERNAL_SERVER_ERROR"
#: What it says where it says no more.
VAGUE = "Problem processing request"


def refused(message: str = VAGUE) -> GraphQLError:
    """What is asked for cannot be done."""
    return GraphQLError(message, extensions={"code": _CODE})


def missing(kind: str) -> GraphQLError:
    """There is no such thing, or it is not the caller's."""
    return refused(f"{kind} not found")
