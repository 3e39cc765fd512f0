"""How the fake speaks: tokens, errors, pages, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sandbox.railway.application import PATH
from tests.unit.sandbox.railway.world import TOKEN

if TYPE_CHECKING:
    from tests.unit.sandbox.railway.world import World

_PROJECTS = "{ projects { edges { node { name } } } }"


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, True),
        ({"Authorization": "Bearer another"}, True),
        ({"Authorization": f"Basic {TOKEN}"}, True),
        ({"Authorization": f"Bearer {TOKEN}"}, False),
        ({"Project-Access-Token": TOKEN}, False),
    ],
)
def test_a_stranger_is_not_authorized(world: World, headers: dict[str, str], *, refused: bool) -> None:
    """The answer has status 200, and the words that Railway has for it."""
    answer = world.client(headers).post(PATH, json={"query": _PROJECTS})

    said = [error["message"] for error in answer.json().get("errors", [])]
    assert (200, ["Not Authorized"] if refused else []) == (answer.status_code, said)


def test_a_missing_thing_is_named(world: World) -> None:
    """An error in an answer of status 200, with a path and a code."""
    answer = world.send('{ service(id: "none") { id } }')

    error = answer.json()["errors"][0]
    expected = (200, "Service not found", ["service"], "INTERNAL_SERVER_ERROR")
    assert expected == (answer.status_code, error["message"], error["path"], error["extensions"]["code"])


@pytest.mark.parametrize("query", ["{ nothing }", "{ projects", "", "{ project { id } }"])
def test_a_request_that_does_not_fit_the_schema_is_a_bad_one(world: World, query: str) -> None:
    """Status 400 and a code of its own; nothing is done."""
    answer = world.send(query)

    codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
    assert (400, {"GRAPHQL_VALIDATION_FAILED"}) == (answer.status_code, codes)


def test_each_field_asked_for_is_counted(world: World) -> None:
    """By its own name, whatever the request is called."""
    world.client().delete("/_sandbox/requests")
    world.send(f'query both {{ projects {{ edges {{ cursor }} }} project(id: "{world.project}") {{ id }} }}')

    counted = world.client().get("/_sandbox/requests").json()
    assert {"counts": {"projects": 1, "project": 1}, "total": 1} == counted


def test_a_fault_hits_a_field(world: World) -> None:
    """5xx, as from Railway's own front door."""
    world.client().post("/_sandbox/faults", json={"operation": "projects", "kind": "error", "status": 502})

    assert [502, 200] == [world.send(_PROJECTS).status_code for _ in range(2)]


def test_a_lost_mutation_was_done(world: World) -> None:
    """A service is made though nobody hears of it."""
    world.client().post("/_sandbox/faults", json={"operation": "serviceCreate", "kind": "lost"})
    with pytest.raises(Exception, match="without an answer"):
        world.service("engine")

    assert "already exists" in world.refused(
        "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id } }",
        i={"projectId": world.project, "name": "engine"},
    )


def test_a_lagging_query_does_not_know_what_was_just_made(world: World) -> None:
    """Queries may lag, mutations do not."""
    world.later(5)
    service = world.service()
    world.client().post("/_sandbox/faults", json={"operation": "service.*", "kind": "lag", "seconds": 3})

    query = "query($i: String!) { service(id: $i) { name } }"
    assert ("Service not found", {"name": "engine"}) == (world.refused(query, i=service), world.ask(query, i=service))


def test_lists_come_page_by_page(world: World) -> None:
    """Relay's connections: so many from the first, after a cursor, until there are no more."""
    names = {world.service(f"service-{number}") and f"service-{number}" for number in range(5)}
    query = """query($i: String!, $after: String) { project(id: $i) { services(first: 2, after: $after) {
      edges { node { name } } pageInfo { hasNextPage endCursor } } } }"""
    pages = []
    after = None
    while True:
        page = world.ask(query, i=world.project, after=after)["services"]
        pages.append([edge["node"]["name"] for edge in page["edges"]])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert ([2, 2, 1], names) == ([len(page) for page in pages], {name for page in pages for name in page})


def test_a_behaviour_that_is_none_is_refused(world: World) -> None:
    """A mistyped word about an image does not look like a healthy one."""
    answers = [world.client().put("/_sandbox/images", json={"a": told}) for told in ({"health": False}, 1)]

    assert [400, 400] == [answer.status_code for answer in answers]
