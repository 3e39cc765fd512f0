"""Volumes, where they are mounted, when they are backed up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.unit.sandbox.railway.world import World

_CREATE = "mutation($i: VolumeCreateInput!) { volumeCreate(input: $i) { id } }"


def _make(world: World, **fields: object) -> str:
    return str(world.ask(_CREATE, i={"projectId": world.project, "mountPath": "/data", **fields})["id"])


def _mounted(world: World, environment: str) -> list[Any]:
    query = """query($e: String!) { environment(id: $e) { volumeInstances { edges { node {
      id mountPath serviceId state sizeMB volume { id } } } } } }"""
    return [edge["node"] for edge in world.ask(query, e=environment)["volumeInstances"]["edges"]]


@pytest.mark.parametrize(("where", "expected"), [("left out", [1, 1]), ("null", [0, 0]), ("named", [1, 0])])
def test_a_volume_is_where_it_is_asked_to_be(world: World, where: str, expected: list[int]) -> None:
    """Nothing said: in every environment. Null: in none."""
    staging = world.place("staging")
    places: dict[str, dict[str, str | None]] = {
        "left out": {},
        "null": {"environmentId": None},
        "named": {"environmentId": world.environment},
    }
    _make(world, **places[where])

    assert expected == [len(_mounted(world, each)) for each in (world.environment, staging)]


def test_a_mount_path_begins_at_the_root(world: World) -> None:
    """As Railway's own command line asks for."""
    said = world.refused(_CREATE, i={"projectId": world.project, "mountPath": "data"})

    assert "Invalid mount path" == said


def test_a_service_has_one_volume(world: World) -> None:
    """A second one is refused, also by way of an update."""
    service = world.service()
    _make(world, serviceId=service)
    second = _make(world)
    update = """mutation($v: String!, $i: VolumeInstanceUpdateInput!) {
      volumeInstanceUpdate(volumeId: $v, input: $i) }"""

    place = {"projectId": world.project, "mountPath": "/other", "serviceId": service}
    said = {world.refused(_CREATE, i=place), world.refused(update, v=second, i={"serviceId": service})}
    assert {"A service can only have one volume"} == said


def test_a_mount_can_be_moved(world: World) -> None:
    """To another path and another service."""
    service = world.service()
    volume = _make(world)
    update = """mutation($v: String!, $e: String, $i: VolumeInstanceUpdateInput!) {
      volumeInstanceUpdate(volumeId: $v, environmentId: $e, input: $i) }"""
    world.ask(update, v=volume, e=world.environment, i={"mountPath": "/moved", "serviceId": service})

    (found,) = _mounted(world, world.environment)
    assert ("/moved", service, "READY", 5000) == tuple(
        found[name] for name in ("mountPath", "serviceId", "state", "sizeMB")
    )


def test_backups_are_scheduled_by_kind(world: World) -> None:
    """All kinds at once; kept six days, a month, three months."""
    _make(world)
    (mounted,) = _mounted(world, world.environment)
    update = """mutation($i: String!, $k: [VolumeInstanceBackupScheduleKind!]!) {
      volumeInstanceBackupScheduleUpdate(volumeInstanceId: $i, kinds: $k) }"""
    world.ask(update, i=mounted["id"], k=["WEEKLY", "DAILY"])

    query = "query($i: String!) { volumeInstanceBackupScheduleList(volumeInstanceId: $i) { kind retentionSeconds } }"
    found = {each["kind"]: each["retentionSeconds"] for each in world.ask(query, i=mounted["id"])}
    assert {"DAILY": 6 * 86400, "WEEKLY": 30 * 86400} == found


def test_a_services_volume_outlives_it(world: World) -> None:
    """Data is not deleted by the way."""
    service = world.service()
    volume = _make(world, serviceId=service)
    world.ask("mutation($i: String!) { serviceDelete(id: $i) }", i=service)

    (found,) = _mounted(world, world.environment)
    assert (volume, None) == (found["volume"]["id"], found["serviceId"])


def test_a_deleted_volume_is_gone_everywhere(world: World) -> None:
    """With all its instances."""
    world.ask("mutation($v: String!) { volumeDelete(volumeId: $v) }", v=_make(world))

    assert [] == _mounted(world, world.environment)
