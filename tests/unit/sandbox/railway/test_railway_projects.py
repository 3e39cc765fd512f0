"""Projects, environments, services and their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.sandbox.railway.world import World

_CREATE = "mutation($i: ServiceCreateInput!) { serviceCreate(input: $i) { id } }"
_SETTINGS = """builder startCommand healthcheckPath healthcheckTimeout restartPolicyType restartPolicyMaxRetries
  numReplicas region cronSchedule sleepApplication watchPatterns preDeployCommand source { image repo }"""


def test_a_project_has_one_environment_at_first(world: World) -> None:
    """Called `production` where no other name is given, and it is the base environment."""
    found = world.ask(
        'mutation { projectCreate(input: {name: "b", defaultEnvironmentName: "live"}) '
        "{ baseEnvironmentId environments { edges { node { id name } } } } }"
    )

    expected = [{"node": {"id": found["baseEnvironmentId"], "name": "live"}}]
    assert expected == found["environments"]["edges"]


def test_projects_may_share_a_name(world: World) -> None:
    """Whoever creates by name has to look first."""
    world.ask('mutation { projectCreate(input: {name: "amoisekai"}) { id } }')

    found = world.ask("{ projects { edges { node { name } } } }")
    assert ["amoisekai", "amoisekai"] == [edge["node"]["name"] for edge in found["edges"]]


def test_a_deleted_project_goes_with_all_that_is_in_it(world: World) -> None:
    """Nothing of it is left in the account."""
    service = world.service()
    world.deployed(service, "a:1")
    world.variables(service, {"A": "b"})
    world.ask("mutation($i: String!) { projectDelete(id: $i) }", i=world.project)

    held = world.client().get("/_sandbox/state").json()
    assert {} == {table: rows for table, rows in held.items() if rows and table != "made"}


def test_a_service_is_in_every_environment_of_its_time(world: World) -> None:
    """One that is made later is not in it, until somebody brings it there."""
    staging = world.place("staging")
    service = world.service()
    later = world.place("later")
    query = "query($s: String!, $e: String!) { serviceInstance(serviceId: $s, environmentId: $e) { serviceName } }"

    there = [world.ask(query, s=service, e=place) for place in (world.environment, staging)]
    missing = world.refused(query, s=service, e=later)
    assert ([{"serviceName": "engine"}] * 2, "ServiceInstance not found") == (there, missing)


def test_a_name_is_a_services_own_in_its_project(world: World) -> None:
    """A second one is refused in Railway's words."""
    world.service("docs")

    said = world.refused(_CREATE, i={"projectId": world.project, "name": "docs"})
    assert 'A service named "docs" already exists in this project' == said


def test_an_environments_name_is_its_own(world: World) -> None:
    """As a service's is."""
    query = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"

    assert "already exists" in world.refused(query, i={"projectId": world.project, "name": "production"})


def test_a_copied_environment_has_all_of_its_source(world: World) -> None:
    """Settings and variables come along, and what has a source is deployed."""
    service = world.service()
    world.set(service, source={"image": "a:1"}, startCommand="serve")
    world.variables(service, {"A": "b"}, skipDeploys=True)
    query = "mutation($i: EnvironmentCreateInput!) { environmentCreate(input: $i) { id } }"
    wanted = {"projectId": world.project, "name": "copy", "sourceEnvironmentId": world.environment}
    world.environment = world.ask(query, i=wanted)["id"]

    asked = (
        "query($p: String!, $e: String!, $s: String!) { variables(projectId: $p, environmentId: $e, serviceId: $s) }"
    )
    copied = world.ask(asked, p=world.project, e=world.environment, s=service)
    settings = world.instance(service, "startCommand source { image }")
    expected = ({"startCommand": "serve", "source": {"image": "a:1"}}, "b", ["QUEUED"])
    assert expected == (settings, copied["A"], world.statuses(service))


def test_a_service_without_a_source_is_not_deployed(world: World) -> None:
    """Settings and variables can be there before the first deployment."""
    assert [] == world.statuses(world.service())


def test_a_service_with_a_source_is_deployed_at_once(world: World) -> None:
    """Without the variables that come later, as the vendor's does."""
    wanted = {"projectId": world.project, "name": "a", "source": {"image": "a:1"}, "variables": {"A": "b"}}
    service = world.ask(_CREATE, i=wanted)["id"]

    assert ["QUEUED"] == world.statuses(service)


def test_a_new_service_has_the_vendors_defaults(world: World) -> None:
    """What nobody has set."""
    nothing = ("startCommand", "healthcheckPath", "healthcheckTimeout", "numReplicas", "region", "cronSchedule")
    expected = dict.fromkeys((*nothing, "sleepApplication", "preDeployCommand", "source")) | {
        "builder": "RAILPACK",
        "restartPolicyType": "ON_FAILURE",
        "restartPolicyMaxRetries": 10,
        "watchPatterns": [],
    }
    assert expected == world.instance(world.service(), _SETTINGS)


def test_settings_that_are_not_named_stay(world: World) -> None:
    """An update changes what it names, and null clears it."""
    service = world.service()
    world.set(service, startCommand="serve", healthcheckPath="/up", restartPolicyType="NEVER")
    world.set(service, startCommand=None, restartPolicyType=None, healthcheckTimeout=60)

    fields = "startCommand healthcheckPath healthcheckTimeout restartPolicyType"
    expected = {"startCommand": None, "healthcheckPath": "/up", "healthcheckTimeout": 60}
    assert expected | {"restartPolicyType": "ON_FAILURE"} == world.instance(service, fields)


def test_settings_do_not_deploy(world: World) -> None:
    """They go out with the next deployment."""
    service = world.service()
    world.set(service, source={"image": "a:1"})

    assert [] == world.statuses(service)


@pytest.mark.parametrize("schedule", ["* * * *", "daily", "0 0 * * * *"])
def test_a_cron_schedule_has_five_fields(world: World, schedule: str) -> None:
    """Anything else is refused."""
    query = """mutation($s: String!, $e: String!, $i: ServiceInstanceUpdateInput!) {
      serviceInstanceUpdate(serviceId: $s, environmentId: $e, input: $i) }"""
    said = world.refused(query, s=world.service(), e=world.environment, i={"cronSchedule": schedule})

    assert "Invalid cron schedule" == said


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("serviceCreate", {"environmentId": "there"}),
        ("environmentCreate", {"name": "fork", "sourceEnvironmentId": "there"}),
        ("volumeCreate", {"mountPath": "/data", "environmentId": "there"}),
        ("volumeCreate", {"mountPath": "/data", "environmentId": None, "serviceId": "service"}),
        (
            "deploymentTriggerCreate",
            {
                "provider": "github",
                "repository": "a/b",
                "branch": "main",
                "environmentId": "there",
                "serviceId": "service",
            },
        ),
    ],
)
def test_an_id_of_another_project_is_not_found(world: World, field: str, wanted: dict[str, str | None]) -> None:
    """Whoever mixes up two projects hears of it."""
    query = 'mutation { projectCreate(input: {name: "other"}) { id baseEnvironmentId } }'
    ids = {"service": world.service(), "there": world.environment}
    other = world.ask(query)["id"]
    kind = f"{field[0].upper()}{field[1:]}Input"
    given = {name: ids.get(value or "", value) for name, value in wanted.items()}

    said = world.refused(f"mutation($i: {kind}!) {{ {field}(input: $i) {{ id }} }}", i={"projectId": other, **given})
    assert said.endswith("not found")


def test_a_set_comes_in_any_order(world: World) -> None:
    """Whoever compares lists that are sets finds out here."""
    service = world.service()
    world.set(service, watchPatterns=["a", "b", "c", "d"])

    seen = {tuple(world.instance(service, "watchPatterns")["watchPatterns"]) for _ in range(40)}
    assert ({("a", "b", "c", "d")}, True) == ({tuple(sorted(each)) for each in seen}, len(seen) > 1)


def test_limits_are_kept_in_bytes_and_processors(world: World) -> None:
    """A gigabyte is 10^9 bytes; without limits there is no override."""
    service = world.service()
    query = """query($s: String!, $e: String!) { serviceInstanceLimitOverride(serviceId: $s, environmentId: $e) }"""
    before = world.ask(query, s=service, e=world.environment)
    wanted = {"serviceId": service, "environmentId": world.environment, "memoryGB": 1.5, "vCPUs": 2}
    world.ask("mutation($i: ServiceInstanceLimitsUpdateInput!) { serviceInstanceLimitsUpdate(input: $i) }", i=wanted)

    after = world.ask(query, s=service, e=world.environment)
    assert (None, {"containers": {"cpu": 2, "memoryBytes": 1_500_000_000}}) == (before, after)


def test_a_deleted_service_is_gone_everywhere(world: World) -> None:
    """With its instances, names and deployments; its name is free again."""
    service = world.service()
    world.deployed(service, "a:1")
    world.ask("mutation($i: String!) { serviceDelete(id: $i) }", i=service)

    held = world.client().get("/_sandbox/state").json()
    assert ({}, {}, {}) == (held["services"], held["instances"], held["deployments"])
