"""The client: who it says it is, what errors mean, and that none of them shows a secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from providers.kit import Call
from providers.kit.api import Ambiguous, ApiError, NotFound
from providers.railway.client import Client
from providers.railway.graphql import Invalid, NotAuthorized, RateLimited
from sandbox.fake.faults import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from providers.railway.graphql import TokenKind
    from tests.unit.providers.railway.world import Product, World

SECRET = "a-value-" + "that-" + "nobody-" + "may-see"


def answering(answer: Callable[[httpx.Request], httpx.Response], kind: TokenKind = "account") -> Client:
    """A client of something that answers so."""
    return Client("http://127.0.0.1/graphql", "the-" + "token", kind, transport=httpx.MockTransport(answer))


def failing(message: str, code: str = "INTERNAL_SERVER_ERROR") -> Client:
    """A client of something that answers 200 with this error."""
    body = {"errors": [{"message": message, "extensions": {"code": code}}], "data": None}
    return answering(lambda _request: httpx.Response(200, json=body))


@pytest.mark.parametrize(
    ("kind", "header", "value"),
    [("account", "authorization", "Bearer the-token"), ("project", "project-access-token", "the-token")],
)
def test_header_of_each_kind_of_token(kind: TokenKind, header: str, value: str) -> None:
    """An account's token and a project's go in headers of their own, and in no other."""
    seen: list[httpx.Headers] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers)
        return httpx.Response(200, json={"data": {"service": None}})

    answering(answer, kind).service(Call(), "a")
    others = {"authorization", "project-access-token"} - {header}
    assert (value, []) == (seen[0][header], [name for name in others if name in seen[0]])


@pytest.mark.parametrize(
    ("message", "code", "expected"),
    [
        ("Project not found", "INTERNAL_SERVER_ERROR", NotFound),
        ("ServiceInstance not found", "INTERNAL_SERVER_ERROR", NotFound),
        ("Not Authorized", "INTERNAL_SERVER_ERROR", NotAuthorized),
        ("Unauthorized", "UNAUTHENTICATED", NotAuthorized),
        ("Rate limit exceeded", "INTERNAL_SERVER_ERROR", RateLimited),
        ("Too many requests", "", RateLimited),
        ("Variable has the wrong type", "BAD_USER_INPUT", Invalid),
        ("A service with this name already exists", "INTERNAL_SERVER_ERROR", Invalid),
        ("Problem processing request", "INTERNAL_SERVER_ERROR", ApiError),
    ],
)
def test_what_errors_mean(message: str, code: str, expected: type[ApiError]) -> None:
    """An error in an answer of 200 is of the kind that its words say, with its words and its code."""
    with pytest.raises(ApiError) as caught:
        failing(message, code).service(Call(), "a")
    assert (expected, code) == (type(caught.value), caught.value.code)
    assert f"service: Railway says: {message}" == str(caught.value).partition("\n")[0]


@pytest.mark.parametrize(
    ("kind", "fix"), [("project", "use an account's or a workspace's token"), ("account", "expired")]
)
def test_what_to_do_when_a_token_may_not(kind: TokenKind, fix: str) -> None:
    """The error of a token that may not says what to do, whether it comes in an answer of 200 or as a 401."""
    body = {"errors": [{"message": "Not Authorized"}], "data": None}
    for status in (200, 401):
        client = answering(lambda _request, status=status: httpx.Response(status, json=body), kind)  # type: ignore[misc]
        with pytest.raises(ApiError, match=f"Not Authorized\n  fix: .*{fix}"):
            client.projects(Call())


@pytest.mark.parametrize(
    ("path", "expected"),
    [(["environment"], NotFound), (["environmentStagedChanges"], ApiError), (None, NotFound)],
)
def test_partial_data(path: list[str] | None, expected: type[ApiError]) -> None:
    """An answer in part is an error; what is told beside a thing and is not found does not mean that it is gone."""
    error = {"message": "Environment patch not found", "path": path}
    body = {"errors": [error], "data": {"environment": {"id": "e", "name": "n", "projectId": "p"}}}
    with pytest.raises(ApiError) as caught:
        answering(lambda _request: httpx.Response(200, json=body)).environment(Call(), "e")
    assert expected is type(caught.value)


def test_not_authorized_is_not_gone() -> None:
    """Railway may say so of what does not exist, and of a token that has expired: nothing is taken for gone by it."""
    with pytest.raises(NotAuthorized):
        failing("Not Authorized").project(Call(), "a")


@pytest.mark.parametrize("shown", [SECRET, "the-token", json.dumps(SECRET)])
def test_no_secret_in_an_error(shown: str) -> None:
    """A value that Railway repeats in its words, and the token, are blanked out."""
    with pytest.raises(ApiError) as caught:
        failing(f"Variable got invalid value {shown}").replace_variables(Call(), "p", "e", "s", {"KEY": SECRET})
    assert (False, False) == (SECRET in str(caught.value), "the-token" in str(caught.value))
    assert "[secret]" in str(caught.value)


def test_no_password_in_an_error() -> None:
    """Nor is a registry's password shown."""
    fields = {"registryCredentials": {"username": "robot", "password": SECRET}}
    with pytest.raises(ApiError) as caught:
        failing(f"cannot pull with {SECRET}").update_instance(Call(), "s", "e", fields)
    assert SECRET not in str(caught.value)


def test_an_answer_of_another_shape() -> None:
    """What does not look as the schema says is an error that names the field, and shows no value."""
    client = answering(lambda _request: httpx.Response(200, json={"data": {"service": {"id": SECRET, "name": 1}}}))
    with pytest.raises(ApiError, match="unknown shape: Service: name, projectId") as caught:
        client.service(Call(), "a")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("body", ["no JSON", "[]", "{}", '{"data": null}'])
def test_an_answer_that_is_none(body: str) -> None:
    """What is no GraphQL answer is an error of ours, no crash."""
    client = answering(lambda _request: httpx.Response(200, text=body))
    with pytest.raises(ApiError, match="Railway's answer"):
        client.service(Call(), "a")


def test_a_deleted_thing_is_gone() -> None:
    """Railway may go on answering for what it has marked as deleted."""
    service = {"id": "a", "name": "engine", "projectId": "p", "deletedAt": "2026-01-01T00:00:00Z"}
    client = answering(lambda _request: httpx.Response(200, json={"data": {"service": service}}))
    assert client.service(Call(), "a") is None


def test_every_page_is_read() -> None:
    """A listing goes on as long as there is a next page, and asks for each once."""
    asked: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        after = json.loads(request.content)["variables"]["after"]
        asked.append(after)
        number = int(after or 0)
        node = {"id": f"{number}", "name": f"{number}", "projectId": "p"}
        page = {"edges": [{"node": node}], "pageInfo": {"hasNextPage": number < 2, "endCursor": f"{number + 1}"}}
        return httpx.Response(200, json={"data": {"project": {"services": page}}})

    found = answering(answer).services(Call(), "p")
    assert (["0", "1", "2"], [None, "1", "2"]) == ([item.name for item in found], asked)


def test_queries_are_tried_again(made: Product) -> None:
    """A query whose answer is lost, or that fails at Railway, is sent again."""
    made.world.fault("service", Kind.LOST)
    made.world.fault("service", Kind.ERROR, status=502)
    assert made.world.client.service(made.world.call(), made.service.id) is not None
    assert 3 == made.world.client.counts["service"]


def test_writes_that_are_as_good_twice_are_tried_again(made: Product) -> None:
    """So is a write that sets what it sets."""
    made.world.fault("variableCollectionUpsert", Kind.LOST)
    made.world.client.replace_variables(made.world.call(), made.project.id, made.environment_id, None, {"A": "b"})
    assert 2 == made.world.client.counts["variableCollectionUpsert"]


def test_what_makes_something_is_not_tried_again(world: World) -> None:
    """A create whose answer is lost is sent once: the caller must look what became of it."""
    world.fault("projectCreate", Kind.LOST)
    with pytest.raises(Ambiguous):
        world.client.create_project(world.call(), name="amoisekai")
    assert (1, 1) == (world.client.counts["projectCreate"], len(world.table("projects")))


def test_user_variables_only(made: Product) -> None:
    """What the platform gives a service is not listed; the settings that it takes as variables are."""
    world = made.world
    world.app.store.document["variables"][f"{made.environment_id}:{made.service.id}"] = {
        "LOG": "info",
        "RAILWAY_SERVICE_NAME": "engine",
        "RAILWAY_RUN_UID": "0",
    }
    found = world.client.variables(world.call(), made.project.id, made.environment_id, made.service.id)
    assert {"LOG": "info", "RAILWAY_RUN_UID": "0"} == found


def test_what_an_environment_has(made: Product) -> None:
    """The services of an environment are listed with their names, for the import."""
    assert [(made.service.id, "engine")] == made.world.client.instances(made.world.call(), made.environment_id)
