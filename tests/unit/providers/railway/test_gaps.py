"""What the community's Terraform provider cannot do, by the number of its issue: see README.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.unit.providers.railway.world import Product, World

#: Each setting of issue #37 and #80, with a value that is not its default.
SETTINGS = {
    "region": "europe-west4-drams3a",
    "numReplicas": 2,
    "sleepApplication": True,
    "startCommand": "serve --port 8001",
    "preDeployCommand": ["migrate"],
    "healthcheckPath": "/api/health",
    "healthcheckTimeout": 120,
    "restartPolicyType": "ALWAYS",
    "restartPolicyMaxRetries": 3,
    "cronSchedule": "0 2 * * *",
    "memoryGB": 2.0,
    "vCPUs": 0.5,
}


@pytest.mark.parametrize("name", SETTINGS)
def test_37_deploy_settings(made: Product, name: str) -> None:
    """#37: a deploy setting is written, and read back as it is."""
    instance = made.instance(**{name: SETTINGS[name]})
    read = made.world.read(instance)
    assert read is not None
    assert (SETTINGS[name], SETTINGS[name]) == (instance.out[name], read.stored.inputs[name])


@pytest.mark.parametrize("name", [*SETTINGS, "buildCommand", "rootDirectory", "watchPatterns"])
def test_37_drift_of_deploy_settings(made: Product, name: str) -> None:
    """#37: a change of a setting in the dashboard is found, and put back by an update."""
    given = {**SETTINGS, "buildCommand": "make", "rootDirectory": "engine", "watchPatterns": ["src/**"]}
    instance = made.instance(**given)
    (held,) = made.world.table("instances")
    if name in ("memoryGB", "vCPUs"):
        held["limits"] = None
    else:
        held[name] = {"watchPatterns": ["x"], "preDeployCommand": ["x"]}.get(name, held[name] and None)
        held[name] = 7 if name in ("restartPolicyMaxRetries", "healthcheckTimeout", "numReplicas") else held[name]
        held[name] = "NEVER" if name == "restartPolicyType" else held[name]
    read = made.world.read(instance)
    assert read is not None
    assert name in {str(change.path[0]) for change in made.world.diff(read, **given).changes}
    again = made.world.read(made.world.update(read, **given))
    assert again is not None
    assert (given[name], ()) == (again.stored.inputs[name], made.world.diff(again, **given).changes)


def test_37_several_regions(made: Product) -> None:
    """#37: a service runs in more than one region, so many in each; back in one, it is there alone."""
    regions = {"us-west2": {"numReplicas": 2}, "europe-west4-drams3a": {"numReplicas": 1}}
    instance = made.instance(multiRegionConfig=regions)
    read = made.world.read(instance)
    assert read is not None
    assert (regions, ()) == (read.stored.inputs["multiRegionConfig"], made.world.diff(read).changes)
    (held,) = made.world.table("instances")
    held["regions"] = {"us-west2": 2, "asia-southeast1": 1}
    drifted = made.world.read(instance)
    assert drifted is not None
    assert {"multiRegionConfig"} == {
        change.path[0] for change in made.world.diff(drifted, multiRegionConfig=regions).changes
    }
    made.world.update(read, multiRegionConfig=None, region="us-west2")
    assert ("us-west2", None) == (held["region"], held["regions"])


def test_80_settings_of_an_image(made: Product) -> None:
    """#80: one image runs as server, worker and migration: start and pre-deploy commands need no repository."""
    instance = made.instance(image="app:1", startCommand="app worker", preDeployCommand=["app migrate"])
    (held,) = made.world.table("instances")
    assert ({"image": "app:1"}, "app worker", ["app migrate"]) == (
        held["source"],
        held["startCommand"],
        held["preDeployCommand"],
    )
    assert instance.out["preDeployCommand"] == ["app migrate"]


def test_80_a_setting_that_is_left_out_goes_back(made: Product) -> None:
    """#80: what the program says no more is cleared at Railway."""
    instance = made.instance(startCommand="app worker", preDeployCommand=["app migrate"], healthcheckPath="/health")
    made.world.update(instance, startCommand=None, preDeployCommand=None, healthcheckPath=None)
    (held,) = made.world.table("instances")
    assert (None, [], None) == (held["startCommand"], held["preDeployCommand"], held["healthcheckPath"])


def test_74_settings_by_environment(made: Product) -> None:
    """#74: one service runs with two settings in two environments; neither write touches the other."""
    world = made.world
    staging = world.create("Environment", "staging", projectId=made.project.id, name="staging")
    made.instance(numReplicas=3)
    world.create("ServiceInstance", **{**made.where, "environmentId": staging.id}, image="good", numReplicas=1)
    replicas = {item["environmentId"]: item["numReplicas"] for item in world.table("instances")}
    assert {made.environment_id: 3, staging.id: 1} == replicas


def test_23_a_service_comes_to_a_later_environment(made: Product) -> None:
    """#23: a service is brought to an environment that is newer than it, and leaves it alone when it goes."""
    world = made.world
    staging = world.create("Environment", "staging", projectId=made.project.id, name="staging")
    there = world.create("ServiceInstance", **{**made.where, "environmentId": staging.id}, image="good")
    assert 2 == len(world.table("instances"))
    world.delete(there)
    assert ([made.environment_id], 1) == (
        [item["environmentId"] for item in world.table("instances")],
        len(world.table("services")),
    )


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        ("ServiceInstance", {"image": "good"}),
        ("VariableCollection", {"variables": {"A": "1"}}),
        ("Volume", {"mountPath": "/data"}),
        ("CustomDomain", {"domain": "api.amoisekai.com"}),
        ("ServiceDomain", {}),
        ("DeploymentTrigger", {"repository": "amoisekai/engine", "branch": "main"}),
        ("TcpProxy", {"applicationPort": 5432}),
    ],
)
def test_23_whatever_comes_first(made: Product, kind: str, inputs: dict[str, object]) -> None:
    """#23: whichever of a service's things is made first in a later environment brings the service there."""
    world = made.world
    staging = world.create("Environment", "staging", projectId=made.project.id, name="staging")
    where = {**made.where, "environmentId": staging.id}
    item = world.create(kind, **where, **inputs)
    world.create("ServiceInstance", "instance", **where, image="good") if kind != "ServiceInstance" else None
    read = world.read(item)
    assert read is not None
    assert (2, ()) == (len(world.table("instances")), world.diff(read).changes)


def test_22_nothing_deploys_before_its_variables_are_there(made: Product) -> None:
    """#22: the first deployment starts with the variables and settings; nothing was deployed before it."""
    world = made.world
    made.instance(startCommand="serve")
    world.create("VariableCollection", **made.where, variables={"NPM_TOKEN": "x"})
    assert [] == world.table("deployments")
    world.create("Deployment", **made.where, triggers={"variables": "1"})
    (deployed,) = world.table("deployments")
    assert ("serve", "x") == (deployed["settings"]["startCommand"], deployed["variables"]["NPM_TOKEN"])


def test_22_one_deployment_for_all_that_changes(made: Product) -> None:
    """#22: settings and variables change together with one deployment."""
    world = made.world
    instance = made.instance()
    variables = world.create("VariableCollection", **made.where, variables={"A": "1"})
    triggers = {"instance": instance.out["revision"], "variables": variables.out["revision"]}
    deployment = world.create("Deployment", **made.where, triggers=triggers)
    instance = world.update(instance, startCommand="serve")
    variables = world.update(variables, variables={"A": "2"})
    changed = {"instance": instance.out["revision"], "variables": variables.out["revision"]}
    world.update(deployment, triggers=changed)
    assert 2 == len(world.table("deployments"))


def test_15_a_start_command_from_the_program(made: Product) -> None:
    """#15: a start command may be computed by the program; in a preview it may be unknown."""
    made.instance(startCommand="init " + "x" * 5000)
    (held,) = made.world.table("instances")
    assert 5005 == len(held["startCommand"])


def test_61_a_volume_is_in_its_environment(made: Product) -> None:
    """#61: a volume is made with its environment, so that it is really there."""
    made.world.create("Volume", **made.where, mountPath="/data")
    assert [made.environment_id] == [item["environmentId"] for item in made.world.table("volumeInstances")]


def test_71_the_proof_of_a_domain(made: Product) -> None:
    """#71: the record that proves the ownership is an output, whole."""
    domain = made.world.create("CustomDomain", **made.where, domain="api.amoisekai.com")
    assert "_railway-verify.api" == domain.out["verificationHost"]
    assert domain.out["verificationToken"].startswith("railway-verify=")


def test_82_what_was_made_and_not_recorded_is_found(world: World) -> None:
    """#82: a service whose create failed on our side is adopted by the next one, and no orphan is left."""
    project = world.create("Project", name="amoisekai")
    world.client.create_service(world.call(), project.id, "docs", "")
    adopted = world.create("Service", projectId=project.id, name="docs")
    assert [adopted.id] == [item["id"] for item in world.table("services")]
