"""Variables: as they were set, as a deployment gets them, and what deploys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.unit.sandbox.railway.world import World


def _read(world: World, service: str | None, *, unrendered: bool = False) -> Any:  # noqa: ANN401 - JSON
    query = """query($p: String!, $e: String!, $s: String, $u: Boolean) {
      variables(projectId: $p, environmentId: $e, serviceId: $s, unrendered: $u) }"""
    return world.ask(query, p=world.project, e=world.environment, s=service, u=unrendered)


def test_a_reference_leads_to_a_shared_variable(world: World) -> None:
    """Rendered it is the value; unrendered it is what was written."""
    service = world.service()
    world.variables(None, {"KEY": "value"})
    world.variables(service, {"OWN": "a-${{ shared.KEY }}-b"})

    shown = (_read(world, service)["OWN"], _read(world, service, unrendered=True)["OWN"])
    assert ("a-value-b", "a-${{ shared.KEY }}-b") == shown


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("${{keeper.HOST}}", "keeper.railway.internal"),
        ("${{PORT}}", "8001"),
        ("${{keeper.CIRCLE}}", ""),
        ("${{nobody.HOST}}", ""),
        ("${{shared.NONE}}", ""),
        ("$PORT {{PORT}}", "$PORT {{PORT}}"),
    ],
)
def test_a_reference_is_followed_to_its_end(world: World, written: str, rendered: str) -> None:
    """To other services and their references; what leads nowhere is empty."""
    engine, keeper = world.service(), world.service("keeper")
    world.variables(keeper, {"HOST": "${{RAILWAY_PRIVATE_DOMAIN}}", "CIRCLE": "${{engine.CIRCLE}}"})
    world.variables(engine, {"PORT": "8001", "CIRCLE": "${{keeper.CIRCLE}}", "SEEN": written})

    assert rendered == _read(world, engine)["SEEN"]


def test_the_platforms_variables_stand_beside_the_users(world: World) -> None:
    """Each service has them, also right after all of its own were replaced."""
    service = world.service()
    world.variables(service, {"A": "1"})
    world.variables(service, {"B": "2"}, replace=True)

    found = _read(world, service, unrendered=True)
    own = {name: value for name, value in found.items() if not name.startswith("RAILWAY_")}
    expected = ("amoisekai", "production", "engine", service)
    names = ("PROJECT_NAME", "ENVIRONMENT_NAME", "SERVICE_NAME", "SERVICE_ID")
    assert ({"B": "2"}, expected) == (own, tuple(found[f"RAILWAY_{name}"] for name in names))


def test_shared_variables_have_nothing_of_the_platforms(world: World) -> None:
    """They belong to no service."""
    world.variables(None, {"KEY": "value"})

    assert {"KEY": "value"} == _read(world, None)


def test_without_replace_the_others_stay(world: World) -> None:
    """An upsert adds and changes."""
    world.variables(None, {"A": "1", "B": "2"})
    world.variables(None, {"B": "3"})

    assert {"A": "1", "B": "3"} == _read(world, None)


@pytest.mark.parametrize(("skip", "deployments"), [(True, 1), (False, 2)])
def test_variables_deploy_unless_told_not_to(world: World, *, skip: bool, deployments: int) -> None:
    """So that a change of many is one deployment."""
    service = world.service()
    world.deployed(service, "a:1")
    world.variables(service, {"A": "1"}, skipDeploys=skip)

    assert deployments == len(world.statuses(service))


@pytest.mark.parametrize(("value", "deployments"), [("${{shared.KEY}}", 2), ("${{shared.OTHER}}", 1)])
def test_a_shared_variable_deploys_who_refers_to_it(world: World, value: str, deployments: int) -> None:
    """And nobody else."""
    service = world.service()
    world.variables(service, {"A": value}, skipDeploys=True)
    world.deployed(service, "a:1")
    world.variables(None, {"KEY": "1"})

    assert deployments == len(world.statuses(service))


def test_one_variable_can_be_set_and_deleted(world: World) -> None:
    """As somebody does in the dashboard."""
    place = {"projectId": world.project, "environmentId": world.environment, "name": "A"}
    world.ask("mutation($i: VariableUpsertInput!) { variableUpsert(input: $i) }", i={**place, "value": "1"})
    before = _read(world, None)
    world.ask("mutation($i: VariableDeleteInput!) { variableDelete(input: $i) }", i=place)

    assert ({"A": "1"}, {}) == (before, _read(world, None))


def test_a_value_is_a_string(world: World) -> None:
    """A number is refused, and nothing of the request is done."""
    place = {"projectId": world.project, "environmentId": world.environment}
    query = "mutation($i: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $i) }"
    said = world.refused(query, i={**place, "variables": {"A": "1", "B": 2}})

    assert ("Problem processing request", {}) == (said, _read(world, None))
