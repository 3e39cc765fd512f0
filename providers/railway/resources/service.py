"""Services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from providers.kit.inputs import Inputs
from providers.kit.native import Live, Resource
from providers.railway.client import Client
from providers.railway.ids import Home  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from collections.abc import Hashable

    from providers.kit.handler import Call
    from providers.kit.values import Properties
    from providers.railway import answers


class ServiceInputs(Inputs):
    """A service.

    Attributes:
        project_id: the project.
        name: unique within it.
        icon: a URL, or a word that Railway knows.
    """

    project_id: Home
    name: Annotated[str, Field(min_length=1)]
    icon: str = ""


class Service(Resource[ServiceInputs, Client]):
    """A service without a source: nothing deploys before its settings and its variables are there."""

    token = "railway:index:Service"  # noqa: S105 - a type token, no secret
    model = ServiceInputs

    def key(self, inputs: ServiceInputs) -> Hashable:
        """Its project and its name."""
        return inputs.project_id, inputs.name

    def find(self, client: Client, call: Call, inputs: ServiceInputs) -> Live | None:
        """The service of that name."""
        found = client.services(call, inputs.project_id)
        return next((_live(item) for item in found if item.name == inputs.name), None)

    def make(self, client: Client, call: Call, inputs: ServiceInputs) -> Live:
        """Make it."""
        return _live(client.create_service(call, inputs.project_id, inputs.name, inputs.icon))

    def fetch(self, client: Client, call: Call, id: str, stored: Properties) -> Live | None:  # noqa: A002 - the engine's word
        """The service by its id."""
        del stored
        service = client.service(call, id)
        return _live(service) if service else None

    def change(self, client: Client, call: Call, id: str, old: ServiceInputs, new: ServiceInputs) -> Live:  # noqa: A002 - as above
        """Change its name and its icon."""
        del old
        return _live(client.update_service(call, id, new.name, new.icon))

    def remove(self, client: Client, call: Call, id: str, old: ServiceInputs | None) -> None:  # noqa: A002 - as above
        """Delete it from every environment."""
        del old
        client.delete(call, "serviceDelete", id=id)


def _live(service: answers.Service) -> Live:
    return Live(service.id, {"projectId": service.project_id, "name": service.name, "icon": service.icon or ""})
