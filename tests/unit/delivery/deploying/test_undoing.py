"""The way back at Railway, from wherever a deployment was left; on the fake, in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from delivery.deploying.journal import Intent
from delivery.deploying.undoing import image, serve_before
from providers.kit.api import NotFound
from providers.kit.handler import Call, ProviderError
from tests.unit.providers.railway.world import Product, World, product

if TYPE_CHECKING:
    from providers.railway.answers import Deployment
    from toolchain.events import Event


class Engine:
    """A service on which ``good`` serves, and deployments of other images."""

    def __init__(self, **settings: object) -> None:
        self.world = World()
        self.product: Product = product(self.world)
        self.made = self.product.instance(healthcheckPath="/api/health", **settings)
        self.world.create("Deployment", **self.product.where, triggers={"instance": "1"})
        self.told: list[Event] = []

    @property
    def where(self) -> tuple[str, str]:
        """Service and environment."""
        return self.product.service.id, self.product.environment_id

    @property
    def serving(self) -> str:
        """Id of what serves."""
        good = self.world.client.serving(self.call(), *self.where).good
        return good.id if good else ""

    def call(self) -> Call:
        """A call whose waits take no time of ours."""
        return self.world.call()

    def deploy(self, name: str, **behaves: Any) -> str:  # noqa: ANN401 - as /_sandbox/images takes it
        """Ask for a deployment of an image; nothing is waited for."""
        self.world.images(**{name: behaves})
        self.world.client.update_instance(self.call(), *self.where, {"source": {"image": name}})
        return self.world.client.deploy(self.call(), *self.where)

    def back(self, serving: str, before: str = "good") -> Deployment | None:
        """Undo a deployment before which this one served."""
        intent = Intent(product="amoisekai", image="new", before=before, serving=serving, rows=[])
        return serve_before(self.world.client, self.where, intent, self.told.append, self.call)

    @property
    def deployments(self) -> list[str]:
        """Why each deployment was made."""
        return [row["reason"] for row in self.world.table("deployments")]


def test_what_serves_already_is_left_alone() -> None:
    """Nothing was deployed: no rollback, no new deployment."""
    engine = Engine()
    serving = engine.serving

    found = engine.back(serving)

    assert found is not None
    assert (serving, ["deploy"], []) == (found.id, engine.deployments, engine.told)


def test_a_new_one_that_serves_gives_way() -> None:
    """It took over, and the one before is gone back to: its image serves again."""
    engine = Engine()
    before = engine.serving
    engine.world.client.wait(engine.call(), engine.deploy("new"))

    found = engine.back(before)

    assert found is not None
    assert ("good", engine.serving) == (image(found), found.id)
    assert ["deploy", "deploy", "rollback"] == engine.deployments
    assert ["deploy.rollback.started"] == [event.name for event in engine.told]


def test_a_new_one_that_is_under_way_never_takes_over() -> None:
    """Whoever asked for it was killed: it is cancelled, and what served goes on."""
    engine = Engine()
    before = engine.serving
    engine.deploy("new", seconds=60.0)

    found = engine.back(before)
    engine.world.clock.seconds += 120.0

    assert found is not None
    assert (before, before) == (found.id, engine.serving)


def test_twice_is_as_once() -> None:
    """What was gone back to already, by a run that was cut off then, is not gone back to again."""
    engine = Engine()
    before = engine.serving
    engine.world.client.wait(engine.call(), engine.deploy("new"))

    first, second = engine.back(before), engine.back(before)

    assert first is not None
    assert second is not None
    assert (first.id, ["deploy", "deploy", "rollback"]) == (second.id, engine.deployments)


def test_where_nothing_served_there_is_nothing_to_go_back_to() -> None:
    """The first deployment of a service leaves nothing behind but itself."""
    engine = Engine()

    assert None is engine.back("")


def test_another_deployment_of_the_image_will_do() -> None:
    """Railway has forgotten the one that served: another of the same image is gone back to."""
    engine = Engine()
    engine.world.client.wait(engine.call(), engine.deploy("new"))

    found = engine.back("forgotten")

    assert found is not None
    assert "good" == image(found)


def test_what_railway_keeps_nothing_of_is_deployed_anew() -> None:
    """No deployment of the image can be gone back to: the image itself comes back, by a deployment of its own."""
    engine = Engine()
    engine.world.client.wait(engine.call(), engine.deploy("new"))

    found = engine.back("forgotten", before="older")

    assert found is not None
    assert ("older", engine.serving) == (image(found), found.id)
    assert ["deploy", "deploy", "deploy"] == engine.deployments


def test_what_does_not_come_up_any_more_is_said() -> None:
    """The image that served before is deployed anew, and is not healthy: nobody is told that it serves."""
    engine = Engine()
    engine.world.images(older={"healthy": False})

    with pytest.raises(ProviderError, match="has FAILED"):
        engine.back("forgotten", before="older")


def test_a_service_that_is_gone_is_told_as_such() -> None:
    """Whoever deleted it meant it."""
    engine = Engine()
    engine.world.delete(engine.product.service)

    with pytest.raises(NotFound):
        engine.back("abc")
