"""An environment's configuration, and changes of it that are staged and committed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.unit.sandbox.railway.world import World

_STAGE = """mutation($e: String!, $i: EnvironmentConfig!, $m: Boolean) {
  environmentStageChanges(environmentId: $e, input: $i, merge: $m) { status } }"""
_COMMIT_STAGED = """mutation($e: String!, $k: Boolean) {
  environmentPatchCommitStaged(environmentId: $e, skipDeploys: $k) }"""
_COMMIT = """mutation($e: String!, $p: EnvironmentConfig) { environmentPatchCommit(environmentId: $e, patch: $p) }"""
_PROXIES = "query($s: String!, $e: String!) { tcpProxies(serviceId: $s, environmentId: $e) { applicationPort } }"


def _staged(world: World) -> Any:  # noqa: ANN401 - JSON
    query = "query($e: String!) { environmentStagedChanges(environmentId: $e) { patch(decryptVariables: true) } }"
    return world.ask(query, e=world.environment)["patch"]


def _config(world: World, *, decrypt: bool = True) -> Any:  # noqa: ANN401 - JSON
    query = "query($e: String!, $d: Boolean) { environment(id: $e) { config(decryptVariables: $d) } }"
    return world.ask(query, e=world.environment, d=decrypt)["config"]


def _proxy(service: str, port: int) -> dict[str, object]:
    return {"services": {service: {"networking": {"tcpProxies": {str(port): {}}}}}}


def test_the_configuration_has_all_of_an_environment(world: World) -> None:
    """Settings in sections, variables, mounts, networking."""
    service = world.service()
    world.set(service, source={"image": "a:1"}, startCommand="serve", region="europe-west4", numReplicas=2)
    world.variables(service, {"A": "1"}, skipDeploys=True)
    world.variables(None, {"B": "2"})
    place = {"projectId": world.project, "environmentId": world.environment, "serviceId": service}
    volume = world.ask(
        "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }", i={**place, "mountPath": "/d"}
    )

    deploy = {
        "startCommand": "serve",
        "restartPolicyType": "ON_FAILURE",
        "restartPolicyMaxRetries": 10,
        "numReplicas": 2,
        "multiRegionConfig": {"europe-west4": {"numReplicas": 2}},
    }
    expected = {
        "source": {"image": "a:1"},
        "build": {"builder": "RAILPACK"},
        "deploy": deploy,
        "networking": {"serviceDomains": {}, "customDomains": {}, "tcpProxies": {}},
        "variables": {"A": {"value": "1"}},
        "volumeMounts": {volume["id"]: {"mountPath": "/d", "backupSchedules": []}},
    }
    config = _config(world)
    assert (expected, {"B": {"value": "2"}}) == (config["services"][service], config["sharedVariables"])


def test_values_are_hidden_unless_asked_for(world: World) -> None:
    """Of the configuration, and of what is staged."""
    service = world.service()
    world.variables(service, {"A": "canary"})
    world.variables(None, {"B": "canary"})
    world.ask(_STAGE, e=world.environment, i={"sharedVariables": {"C": {"value": "canary"}, "B": None}})
    query = "query($e: String!) { environmentStagedChanges(environmentId: $e) { patch } }"

    shown = (_config(world, decrypt=False), world.ask(query, e=world.environment)["patch"])
    assert ("canary" in str(shown), {"sharedVariables": {"C": {"value": "*****"}, "B": None}}) == (False, shown[1])


def test_staged_changes_change_nothing_yet(world: World) -> None:
    """They are there to be looked at."""
    service = world.service()
    world.ask(_STAGE, e=world.environment, i=_proxy(service, 6379))

    assert ([], _proxy(service, 6379)) == (world.ask(_PROXIES, s=service, e=world.environment), _staged(world))


@pytest.mark.parametrize(("merge", "names"), [(True, {"A", "B"}), (False, {"B"})])
def test_staging_again_merges_or_replaces(world: World, *, merge: bool, names: set[str]) -> None:
    """As is asked for."""
    for name in ("A", "B"):
        world.ask(_STAGE, e=world.environment, i={"sharedVariables": {name: {"value": "1"}}}, m=merge)

    assert names == _staged(world)["sharedVariables"].keys()


def test_a_tcp_proxy_comes_by_a_committed_change(world: World) -> None:
    """It works at once, without a deployment, and nothing is staged any more."""
    service = world.service()
    world.deployed(service, "a:1")
    world.ask(_STAGE, e=world.environment, i=_proxy(service, 6379))
    world.ask(_COMMIT_STAGED, e=world.environment)

    found = world.ask(_PROXIES, s=service, e=world.environment)
    assert ([{"applicationPort": 6379}], {}, 1) == (found, _staged(world), len(world.statuses(service)))


def test_a_service_has_one_tcp_proxy(world: World) -> None:
    """A second port is refused; null takes the first away."""
    service = world.service()
    world.ask(_COMMIT, e=world.environment, p=_proxy(service, 1))
    said = world.refused(_COMMIT, e=world.environment, p=_proxy(service, 2))
    gone = {"services": {service: {"networking": {"tcpProxies": {"1": None}}}}}
    world.ask(_COMMIT, e=world.environment, p=gone)

    assert ("Only one TCP proxy is allowed per service instance", []) == (
        said,
        world.ask(_PROXIES, s=service, e=world.environment),
    )


@pytest.mark.parametrize(("skip", "deployments"), [(False, 2), (True, 1)])
def test_a_committed_change_deploys_whom_it_concerns(world: World, *, skip: bool, deployments: int) -> None:
    """Unless told not to."""
    service, other = world.service(), world.service("other")
    world.deployed(service, "a:1")
    world.deployed(other, "b:1")
    world.ask(_STAGE, e=world.environment, i={"services": {service: {"deploy": {"startCommand": "serve"}}}})
    world.ask(_COMMIT_STAGED, e=world.environment, k=skip)

    assert (deployments, 1) == (len(world.statuses(service)), len(world.statuses(other)))


def test_a_service_comes_into_a_later_environment_by_a_change(world: World) -> None:
    """With the vendor's defaults where the change says nothing."""
    service = world.service()
    world.environment = world.place("later")
    change = {
        "isCreated": True,
        "deploy": {"limitOverride": {"containers": {"cpu": 1}}},
        "variables": {"A": {"value": "1"}},
    }
    world.ask(_COMMIT, e=world.environment, p={"services": {service: change}})

    found = world.instance(service, "builder restartPolicyMaxRetries")
    limits = _config(world)["services"][service]["deploy"]["limitOverride"]
    expected = ({"builder": "RAILPACK", "restartPolicyMaxRetries": 10}, {"containers": {"cpu": 1}})
    assert expected == (found, limits)


def test_a_service_leaves_an_environment_by_a_change(world: World) -> None:
    """It stays in the others."""
    staging = world.place("staging")
    service = world.service()
    world.ask(_COMMIT, e=world.environment, p={"services": {service: {"isDeleted": True}}})
    gone = world.environment
    world.environment = staging

    query = "query($e: String!) { environment(id: $e) { serviceInstances { edges { node { serviceId } } } } }"
    left = [len(world.ask(query, e=each)["serviceInstances"]["edges"]) for each in (gone, staging)]
    assert [0, 1] == left


def test_a_change_that_fails_half_way_changes_nothing(world: World) -> None:
    """Shared variables are not there when a service after them is refused; what was staged still is."""
    service = world.service()
    world.ask(_COMMIT, e=world.environment, p=_proxy(service, 1))
    patch = {"sharedVariables": {"A": {"value": "1"}}, **_proxy(service, 2)}
    world.ask(_STAGE, e=world.environment, i=patch)
    world.refused(_COMMIT_STAGED, e=world.environment)

    assert ({}, patch) == (_config(world)["sharedVariables"], _staged(world))


@pytest.mark.parametrize(
    "patch",
    [
        {"buckets": {}},
        {"services": {"a": {"volumeMounts": {}}}},
        {"services": {"a": {"networking": {"customDomains": {}}}}},
    ],
)
def test_what_the_fake_does_not_know_it_does_not_pass_over(world: World, patch: object) -> None:
    """A change that would be dropped without a word is refused."""
    assert "does not know" in world.refused(_COMMIT, e=world.environment, p=patch)
