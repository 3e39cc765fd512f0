"""Every operation that we send is one that Railway takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from graphql import build_schema, parse, validate
from graphql.language import OperationDefinitionNode

from providers.railway.operations import ALL, MUTATIONS, QUERIES
from sandbox.railway.schema import schema

#: Railway's whole schema, on machines that have it beside the checkout.
_WHOLE = Path(__file__).parents[5] / "shared" / "data" / "railway.graphql"


@pytest.mark.parametrize("name", ALL)
def test_fits_the_fake(name: str) -> None:
    """The fake's schema has all that the operation asks for."""
    assert [] == validate(schema(), parse(ALL[name]))


def test_fit_railways_own_schema() -> None:
    """Railway's own schema has all that the operations ask for, where it is there to ask."""
    if not _WHOLE.exists():
        return
    whole = build_schema(_WHOLE.read_text(), assume_valid=True)
    assert [] == [f"{name}: {error}" for name, text in ALL.items() for error in validate(whole, parse(text))]


@pytest.mark.parametrize("name", ALL)
def test_bears_its_name(name: str) -> None:
    """An operation has the name that it is sent under, and is of the kind that it stands among."""
    operation = parse(ALL[name]).definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.name is not None
    kind = "query" if name in QUERIES else "mutation"
    assert (name, kind) == (operation.name.value, operation.operation.value)


def test_have_one_place_each() -> None:
    """No name is a query's and a mutation's at once."""
    assert set() == QUERIES.keys() & MUTATIONS.keys()
