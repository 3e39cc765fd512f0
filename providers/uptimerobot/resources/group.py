"""Groups that monitors are shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from providers.kit.inputs import Inputs
from providers.uptimerobot import kind
from providers.uptimerobot.client import Kind
from providers.uptimerobot.resources.thing import Thing

if TYPE_CHECKING:
    from collections.abc import Hashable

    from providers.kit import Properties
    from providers.uptimerobot.listing import Item


class MonitorGroupInputs(Inputs):
    """A group."""

    name: str = Field(min_length=1, max_length=255)


class MonitorGroup(Thing[MonitorGroupInputs]):
    """A group; when it goes, its monitors go to the default one."""

    token = kind.MONITOR_GROUP
    model = MonitorGroupInputs
    collection = Kind.GROUP

    def identity(self, values: Properties) -> Hashable:
        """Its name."""
        return str(values.get("name"))

    def body(self, inputs: MonitorGroupInputs) -> dict[str, Any]:
        """As the API takes it."""
        return {"name": inputs.name}

    def shown(self, item: Item, like: Properties) -> Properties:
        """The inputs that would make it anew."""
        del like
        return {"name": item["name"]}
