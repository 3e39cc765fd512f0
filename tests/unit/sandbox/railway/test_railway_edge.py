"""Railway's edge: HTTP to what is deployed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

    from tests.unit.sandbox.railway.world import World

_HOST = "api.amoisekai.com"


@pytest.fixture
def service(world: World) -> str:
    """A service with a custom domain."""
    made = world.service()
    place = {"projectId": world.project, "environmentId": world.environment, "serviceId": made}
    world.ask(
        "mutation($i: CustomDomainCreateInput!) { customDomainCreate(input: $i) { id } }", i={**place, "domain": _HOST}
    )
    return made


def _get(world: World, path: str, host: str = _HOST, key: str = "") -> httpx.Response:
    return world.client({"Host": host, "X-Internal-Key": key}).get(path)


def test_a_domain_leads_to_what_is_deployed(world: World, service: str) -> None:
    """Without a token: it is the public's."""
    world.deployed(service, "a:1")
    answer = _get(world, "/api/health")

    assert (200, {"status": "ok", "image": "a:1"}) == (answer.status_code, answer.json())


def test_railways_own_domain_leads_there_too(world: World, service: str) -> None:
    """With a port behind the name or without."""
    world.deployed(service, "a:1")
    place = {"environmentId": world.environment, "serviceId": service}
    query = "mutation($i: ServiceDomainCreateInput!) { serviceDomainCreate(input: $i) { domain } }"
    host = world.ask(query, i=place)["domain"]

    assert [200, 200] == [_get(world, "/api/health", name).status_code for name in (host, f"{host}:443")]


@pytest.mark.parametrize("host", ["API.Amoisekai.COM", "api.amoisekai.com.", "api.amoisekai.com.:443"])
def test_a_name_is_the_same_in_capitals(world: World, service: str, host: str) -> None:
    """And with the dot at its end that DNS gives it."""
    world.deployed(service, "a:1")

    assert 200 == _get(world, "/api/health", host).status_code


def test_the_old_image_answers_until_the_new_one_is_well(world: World, service: str) -> None:
    """Blue and green."""
    world.deployed(service, "a:1")
    world.image("a:2", seconds=10)
    world.set(service, source={"image": "a:2"})
    world.deploy(service)
    images = []
    for seconds in (9, 1):
        world.later(seconds)
        images.append(_get(world, "/api/health").json()["image"])

    assert ["a:1", "a:2"] == images


@pytest.mark.parametrize(("host", "status"), [("other.amoisekai.com", 404), (_HOST, 502)])
@pytest.mark.usefixtures("service")
def test_where_nothing_serves_the_edge_says_so(world: World, host: str, status: int) -> None:
    """A name that nobody has, and one whose service was never deployed."""
    assert status == _get(world, "/api/health", host).status_code


def test_a_service_with_a_volume_is_away_for_a_moment(world: World, service: str) -> None:
    """Between the old one and the new one."""
    place = {"projectId": world.project, "environmentId": world.environment, "serviceId": service}
    world.ask("mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }", i={**place, "mountPath": "/data"})
    world.deployed(service, "a:1")
    world.deploy(service)
    statuses = []
    for seconds in (0.1, 0.2, 0.2):
        world.later(seconds)
        statuses.append(_get(world, "/api/health").status_code)

    assert [200, 502, 200] == statuses


@pytest.mark.parametrize("path", ["/api/health", "/api/health/deep", "/"])
def test_an_unhealthy_image_answers_nothing_well(world: World, service: str, path: str) -> None:
    """Where no health check kept it away."""
    world.image("a:1", healthy=False)
    world.deployed(service, "a:1")

    assert 503 == _get(world, path).status_code


@pytest.mark.parametrize(("key", "status"), [("canary", 200), ("other", 401), ("", 401)])
def test_deep_health_asks_for_the_key(world: World, service: str, key: str, status: int) -> None:
    """The one that the deployment got as its variable, by way of a reference."""
    world.variables(None, {"KEY": "canary"})
    world.variables(service, {"INTERNAL_KEY": "${{shared.KEY}}"})
    world.deployed(service, "a:1")

    assert status == _get(world, "/api/health/deep", key=key).status_code


def test_without_a_key_nobody_sees_deep_health(world: World, service: str) -> None:
    """An empty key is none."""
    world.deployed(service, "a:1")

    assert 401 == _get(world, "/api/health/deep").status_code


def test_deep_health_tells_how_the_parts_are(world: World, service: str) -> None:
    """An image can be well on the surface alone."""
    world.image("a:2", deep=False)
    world.variables(service, {"INTERNAL_KEY": "canary"})
    seen = []
    for image in ("a:1", "a:2"):
        world.deployed(service, image)
        answer = _get(world, "/api/health/deep", key="canary")
        seen.append((answer.status_code, answer.json()["db"], _get(world, "/api/health").status_code))

    names = {"db", "llm", "disk_free_percent", "memory_percent", "last_chapter"}
    assert ([(200, "ok", 200), (503, "error", 200)], names) == (seen, answer.json().keys())


def test_another_key_counts_from_the_next_deployment_on(world: World, service: str) -> None:
    """Variables are what a process was started with."""
    world.variables(service, {"INTERNAL_KEY": "old"})
    world.deployed(service, "a:1")
    world.variables(service, {"INTERNAL_KEY": "new"}, skipDeploys=True)

    assert [200, 401] == [_get(world, "/api/health/deep", key=key).status_code for key in ("old", "new")]
