"""How many requests an operation sends: README.md has the table, and it is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from providers.railway.provider import RESOURCES

if TYPE_CHECKING:
    from tests.unit.providers.railway.world import Product

_README = Path(__file__).parents[4] / "providers" / "railway" / "README.md"

#: Inputs beside the ids, and what an update changes.
CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "Project": ({"name": "other"}, {"description": "x"}),
    "Environment": ({"name": "staging"}, {"name": "stage"}),
    "Service": ({"name": "keeper"}, {"icon": "x"}),
    "ServiceInstance": ({"image": "good", "memoryGB": 1.0}, {"startCommand": "x", "memoryGB": 2.0}),
    "VariableCollection": ({"variables": {"A": "1"}}, {"variables": {"A": "2"}}),
    "Volume": ({"mountPath": "/data", "name": "data"}, {"mountPath": "/srv", "name": "other"}),
    "VolumeBackupSchedule": ({"kinds": ["DAILY"]}, {"kinds": ["WEEKLY"]}),
    "CustomDomain": ({"domain": "api.amoisekai.com"}, {"targetPort": 8001}),
    "ServiceDomain": ({}, {"targetPort": 8001}),
    "DeploymentTrigger": ({"repository": "a/b", "branch": "main"}, {"branch": "dev"}),
    "Deployment": ({"triggers": {"a": "1"}}, {"triggers": {"a": "2"}}),
    "TcpProxy": ({"applicationPort": 5432}, {}),
}


def table() -> dict[str, list[str]]:
    """README's rows: type -> create, read, update, delete."""
    rows = re.findall(r"^\| `(\w+)` \|(.+)\|$", _README.read_text("utf-8"), re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split("|")][:4] for name, cells in rows if name in CASES}


def test_every_type_is_in_the_table() -> None:
    """No type is without its figures."""
    assert {kind.token.rpartition(":")[2] for kind in RESOURCES} == CASES.keys() == table().keys()


@pytest.mark.parametrize("kind", CASES)
def test_figures(made: Product, kind: str) -> None:
    """Each operation sends as many as the table says: of an update, the most that one can send."""
    world = made.world
    inputs, change = CASES[kind]
    world.images(good={"seconds": 0})
    if kind == "Deployment":
        made.instance()
    if kind == "VolumeBackupSchedule":
        volume = world.create("Volume", **made.where, mountPath="/data")
        inputs = {**inputs, "volumeInstanceId": volume.out["volumeInstanceId"]}
    elif kind in ("Environment", "Service"):
        inputs = {**inputs, "projectId": made.project.id}
    elif kind != "Project":
        inputs = {**inputs, **made.where}
    world.requests()
    item = world.create(kind, "measured", **inputs)
    figures = [world.requests()]
    read = world.read(item)
    assert read is not None
    figures.append(world.requests())
    if change:
        item = world.update(read, **change)
    figures.append(world.requests())
    world.delete(item)
    figures.append(world.requests())
    assert table()[kind] == [str(figure) if figure else "-" for figure in figures]


def test_a_preview_sends_nothing(made: Product) -> None:
    """A plan asks nobody, whether it makes or changes."""
    instance = made.instance()
    made.world.requests()
    made.world.planned(instance, startCommand="serve")
    checked = made.world.checked("Service", projectId=made.project.id, name="keeper")
    made.world.handler("Service").create(made.world.call(preview=True), checked)
    made.world.diff(instance, startCommand="serve")
    assert 0 == made.world.requests()
