"""What is live in a Railway project, as the sandbox's fake of its API tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from delivery.importing.matching import match
from delivery.importing.railway import KEYS, look
from tests.unit.delivery.importing.declared import declared
from tests.unit.providers.railway.world import Product, World, product
from toolchain.errors import ExitCode, Problem

if TYPE_CHECKING:
    from delivery.importing.live import Live
    from policies.preview import Resource
    from tests.unit.providers.made import Made

HOST = "api.amoisekai.test"


class Running:
    """A project in which everything runs, and the resources that would declare it with no id known."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.product: Product = product(world)
        self.made: dict[str, Made] = {"Project": self.product.project, "Service": self.product.service}
        self.resources: list[Resource] = []
        self._make()

    def look(self) -> list[Live]:
        """What is live."""
        return look(self.world.client, self.product.project.id)

    def _make(self) -> None:
        project = self._declare("Project", {}, name="another name")
        of_project = {"projectId": project}
        self._make_one("Environment", "staging", projectId=self.product.project.id, name="staging")
        self._declare("Environment", of_project, name="staging")
        where = {"projectId": project, "environmentId": project}
        place = where | {"serviceId": self._declare("Service", of_project, name="engine")}
        self.product.deployed()
        self.made["ServiceInstance"] = self.world.imported("ServiceInstance", self._id()) or pytest.fail("none")
        self._declare("ServiceInstance", place, image="new")
        self._make_one("VariableCollection", "own", **self.product.where, variables={"A": "1"})
        self._declare("VariableCollection", place, variables={"A": "1"})
        volume = self._make_one("Volume", "data", **self.product.where, mountPath="/data")
        disk = self._declare("Volume", place, mountPath="/data")
        instance = volume.out["volumeInstanceId"]
        self._make_one("VolumeBackupSchedule", "copies", volumeInstanceId=instance, kinds=["DAILY"])
        self._declare("VolumeBackupSchedule", {"volumeInstanceId": disk}, kinds=["DAILY"])
        self._make_one("CustomDomain", "domain", **self.product.where, domain=HOST, targetPort=8001)
        self._declare("CustomDomain", place, domain=HOST)
        self._make_one("ServiceDomain", "own-domain", **self.product.where, targetPort=8001)
        self._declare("ServiceDomain", place, targetPort=8001)
        self._make_one("TcpProxy", "proxy", **self.product.where, applicationPort=5432)
        self._declare("TcpProxy", place, applicationPort=5432)
        trigger = {"provider": "github", "repository": "a/b", "branch": "main"}
        self._make_one("DeploymentTrigger", "trigger", **self.product.where, **trigger)
        self._declare("DeploymentTrigger", place, repository="a/b", branch="main")
        self.made["Deployment"] = self.world.imported("Deployment", self._id()) or pytest.fail("none")
        self._declare("Deployment", place)

    def _id(self) -> str:
        return f"{self.product.service.id}:{self.product.environment_id}"

    def _make_one(self, kind: str, called: str, /, **inputs: object) -> Made:
        self.made[kind] = self.world.create(kind, called, **inputs)
        return self.made[kind]

    def _declare(self, kind: str, depends: dict[str, str], /, **inputs: str | int | list[str] | dict[str, str]) -> str:
        self.resources.append(declared(f"railway:index:{kind}", kind, depends=depends, **inputs))
        return self.resources[-1].urn


@pytest.fixture
def running(world: World) -> Running:
    """A project in which everything runs."""
    return Running(world)


@pytest.fixture
def world() -> World:
    """An empty account."""
    return World()


def test_every_kind_is_matched_without_an_id_known(running: Running) -> None:
    """From the project alone, each id is found through what the resource is computed from."""
    found = match(running.resources, running.look(), KEYS)

    assert {kind: made.id for kind, made in running.made.items()} == {
        urn.rpartition("::")[2]: live.id for urn, live in found.matched.items()
    }
    assert {token.rpartition(":")[2] for token in KEYS} == running.made.keys()


def test_the_provider_imports_by_every_id(running: Running) -> None:
    """An id of another shape than the provider's would end the whole import."""
    imported = {one.id: running.world.imported(one.token.rpartition(":")[2], one.id) for one in running.look()}

    assert [] == [identity for identity, made in imported.items() if made is None]


def test_the_records_of_a_domain_are_told(running: Running) -> None:
    """A DNS record that holds them is known before the domain is in the state."""
    domain = next(one for one in running.look() if one.token == "railway:index:CustomDomain")  # noqa: S105 - a type
    out = running.made["CustomDomain"].out

    assert {out["cnameTarget"], out["verificationToken"]} <= domain.gives["content"]
    assert any(name.endswith(".amoisekai.test") for name in domain.gives["name"])


def test_values_of_variables_are_not_kept(running: Running) -> None:
    """They may be secrets, and no variable is known by its value."""
    running.world.create(
        "VariableCollection",
        "shared",
        projectId=running.product.project.id,
        environmentId=running.product.environment_id,
        variables={"KEY": "hidden"},
    )

    assert "hidden" not in repr(running.look())


def test_an_environment_of_another_stack_is_left_alone(running: Running) -> None:
    """What runs in staging is not told of as unmanaged: this program declares nothing in it."""
    running.resources = [one for one in running.resources if one.name != "Environment"]

    assert ["the environment staging"] == [
        one.label for one in match(running.resources, running.look(), KEYS).unmanaged
    ]


def test_the_project_of_another_stack_is_not_told(running: Running) -> None:
    """The staging stack names production's project by its id: the user knows of it, and somebody manages it."""
    running.resources = [one for one in running.resources if one.name != "Project"]

    told = match(running.resources, running.look(), KEYS).unmanaged

    assert "railway:index:Project" not in {one.token for one in told}


def test_a_service_that_nobody_declares_is_told(running: Running) -> None:
    """By its name."""
    running.world.create("Service", "other", projectId=running.product.project.id, name="by hand")

    assert ["the service by hand"] == [one.label for one in match(running.resources, running.look(), KEYS).unmanaged]


def test_a_project_that_is_not_there_stops_it(world: World) -> None:
    """The id is the user's own word: exit code 2."""
    with pytest.raises(Problem) as caught:
        look(world.client, "01234567-89ab-4cde-8f01-23456789abcd")

    assert ExitCode.USAGE is caught.value.exit_code
