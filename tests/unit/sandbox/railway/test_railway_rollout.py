"""Deployments as time goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.sandbox.railway.world import World

_ROLLBACK = "mutation($i: String!) { deploymentRollback(id: $i) }"
_MOUNT = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"


def test_a_deployment_goes_through_all_stages(world: World) -> None:
    """Queued, initializing, building, deploying, and then it serves."""
    service = world.service()
    world.image("a:1", seconds=10)
    world.set(service, source={"image": "a:1"})
    deployment = world.deploy(service)
    seen = []
    for _ in range(12):
        seen.append(world.status(deployment))
        world.later(1)

    assert ["QUEUED", "INITIALIZING", "BUILDING", "DEPLOYING", "SUCCESS"] == list(dict.fromkeys(seen))


def test_the_old_one_serves_until_the_new_one_does(world: World) -> None:
    """Then it is removed."""
    service = world.service()
    world.deployed(service, "a:1")
    world.set(service, source={"image": "a:2"})
    world.deploy(service)
    world.later(0.39)
    before = world.statuses(service)
    world.later(0.01)

    assert (["DEPLOYING", "SUCCESS"], ["SUCCESS", "REMOVED"]) == (before, world.statuses(service))


def test_the_old_one_overlaps_and_drains_as_long_as_it_is_told(world: World) -> None:
    """`overlapSeconds` of the new one, then `drainingSeconds` of the old one."""
    service = world.service()
    world.deployed(service, "a:1", drainingSeconds=5)
    world.set(service, source={"image": "a:2"}, overlapSeconds=20)
    old = world.statuses(service)
    world.deploy(service)
    seen = []
    for seconds in (1, 18, 2, 5):
        world.later(seconds)
        seen.append(world.statuses(service)[1])

    assert (["SUCCESS"], ["SUCCESS", "SUCCESS", "REMOVING", "REMOVED"]) == (old, seen)


@pytest.mark.parametrize(("path", "end"), [("/api/health", ["FAILED", "SUCCESS"]), (None, ["SUCCESS", "REMOVED"])])
def test_an_unhealthy_image_fails_where_its_health_is_asked_for(world: World, path: str | None, end: list[str]) -> None:
    """The old one stays; without a path nobody notices, and it takes over."""
    service = world.service()
    world.image("a:2", healthy=False)
    world.deployed(service, "a:1", healthcheckPath=path)
    world.deployed(service, "a:2")

    assert end == world.statuses(service)


def test_a_cron_service_is_not_asked_for_its_health(world: World) -> None:
    """A deploy does not start it."""
    service = world.service()
    world.image("a:1", healthy=False)
    world.deployed(service, "a:1", healthcheckPath="/up", cronSchedule="0 * * * *")

    assert ["SUCCESS"] == world.statuses(service)


def test_a_volume_makes_a_gap(world: World) -> None:
    """Two deployments never share one disk: the old one goes before the new one serves."""
    service = world.service()
    place = {"projectId": world.project, "environmentId": world.environment, "serviceId": service}
    world.ask(_MOUNT, i={**place, "mountPath": "/data"})
    world.deployed(service, "a:1")
    world.deploy(service)
    world.later(0.3)

    assert ["DEPLOYING", "REMOVED"] == world.statuses(service)


def test_a_rollback_is_a_new_deployment_of_the_old_image(world: World) -> None:
    """And quicker than a new image's; the settings stay as they are."""
    service = world.service()
    old = world.deployed(service, "a:1")
    world.deployed(service, "a:2")
    world.ask(_ROLLBACK, i=old)
    world.later(0.2)

    fields = "source { image } latestDeployment { status meta }"
    found = world.instance(service, fields)
    latest = found["latestDeployment"]
    said = (found["source"]["image"], latest["status"], latest["meta"]["image"], latest["meta"]["reason"])
    assert ("a:2", "SUCCESS", "a:1", "rollback") == said


def test_one_can_go_back_only_to_what_served(world: World) -> None:
    """A deployment that failed is none to go back to; nor is one under way to be made once more."""
    service = world.service()
    world.image("a:2", healthy=False)
    good = world.deployed(service, "a:1", healthcheckPath="/up")
    bad = world.deployed(service, "a:2")
    under_way = world.deploy(service)
    query = "query($i: String!) { deployment(id: $i) { canRollback canRedeploy } }"

    found = [tuple(world.ask(query, i=each).values()) for each in (good, bad, under_way)]
    refusal = world.refused(_ROLLBACK, i=bad)
    assert ([(True, True), (False, True), (False, False)], True) == (found, "rolled back" in refusal)


def test_a_redeployment_has_todays_variables(world: World) -> None:
    """A rollback has those of then."""
    service = world.service()
    world.variables(service, {"A": "1"})
    old = world.deployed(service, "a:1")
    world.variables(service, {"A": "2"}, skipDeploys=True)
    world.ask("mutation($i: String!) { deploymentRedeploy(id: $i) { id } }", i=old)
    world.ask(_ROLLBACK, i=old)

    held = world.client().get("/_sandbox/state").json()["deployments"].values()
    assert ["1", "2", "1"] == [each["variables"]["A"] for each in held]


def test_the_one_asked_for_last_wins(world: World) -> None:
    """Also when it is ready before the one asked for first."""
    service = world.service()
    world.image("slow", seconds=10)
    world.set(service, source={"image": "slow"})
    world.deploy(service)
    world.deployed(service, "quick")
    world.later(10)

    assert ["SUCCESS", "REMOVED"] == world.statuses(service)


def test_what_is_under_way_can_be_given_up(world: World) -> None:
    """What has ended cannot."""
    service = world.service()
    world.set(service, source={"image": "a:1"})
    deployment = world.deploy(service)
    cancel = "mutation($i: String!) { deploymentCancel(id: $i) }"
    world.ask(cancel, i=deployment)
    world.later(10)

    assert ("REMOVED", "Deployment cannot be cancelled") == (
        world.status(deployment),
        world.refused(cancel, i=deployment),
    )


def test_a_service_without_a_source_cannot_be_deployed(world: World) -> None:
    """There is nothing to deploy."""
    query = "mutation($s: String!, $e: String!) { serviceInstanceDeployV2(serviceId: $s, environmentId: $e) }"

    assert "no source" in world.refused(query, s=world.service(), e=world.environment)


def test_deployments_are_filtered_by_status(world: World) -> None:
    """The newest comes first."""
    service = world.service()
    first, second, third = (world.deployed(service, f"a:{number}") for number in range(3))
    query = "query($i: DeploymentListInput!) { deployments(input: $i) { edges { node { id } } } }"
    here = {"serviceId": service, "environmentId": world.environment}

    found = [
        [edge["node"]["id"] for edge in world.ask(query, i={**here, "status": status})["edges"]]
        for status in ({"in": ["SUCCESS"]}, {"notIn": ["SUCCESS"]}, None)
    ]
    assert [[third], [second, first], [third, second, first]] == found


def test_old_deployments_are_forgotten(world: World) -> None:
    """The state does not grow for ever; what serves is never forgotten."""
    service = world.service()
    world.image("a:2", healthy=False)
    world.deployed(service, "a:1", healthcheckPath="/up")
    for _ in range(25):
        world.deployed(service, "a:2")

    assert ["FAILED"] * 20 + ["SUCCESS"] == world.statuses(service)


def test_time_goes_on_while_the_fake_is_down(world: World) -> None:
    """Where a deployment is follows from the clock alone."""
    service = world.service()
    world.set(service, source={"image": "a:1"})
    world.deploy(service)
    held = world.client().get("/_sandbox/state").json()
    world.client().put("/_sandbox/state", json=held)
    world.later(10)

    assert ["SUCCESS"] == world.statuses(service)
