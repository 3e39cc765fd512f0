"""Times in which no alerts are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from providers.kit.inputs import Inputs, Replaces, ServerDefault, Unordered, wire
from providers.uptimerobot import kind
from providers.uptimerobot.client import Kind
from providers.uptimerobot.resources.monitor_inputs import Id  # noqa: TC001 - pydantic reads it
from providers.uptimerobot.resources.thing import Thing

if TYPE_CHECKING:
    from collections.abc import Hashable

    from providers.kit import Call, Properties
    from providers.uptimerobot.client import Client
    from providers.uptimerobot.listing import Item

_WEEK = range(1, 8)
_MONTH = (-1, *range(1, 32))


class MaintenanceWindowInputs(Inputs):
    """A window.

    Attributes:
        date: the first day, ``YYYY-MM-DD``.
        time: its start, ``HH:mm:ss``, in the account's time zone.
        duration: minutes.
        days: weekly: 1 (Monday) to 7; monthly: 1 to 31, or -1 for the last day.
        auto_add_monitors: for every monitor; no update takes it, so a change replaces.
        monitor_ids: left alone when not given: monitors may name the window instead.
    """

    name: str = Field(min_length=3, max_length=255)
    interval: Literal["once", "daily", "weekly", "monthly"]
    date: Annotated[str, StringConstraints(pattern=r"^(19|20)\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
    time: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$")]
    duration: int = Field(ge=1)
    days: Annotated[list[int], Unordered()] = Field(default_factory=list, validate_default=True)
    auto_add_monitors: Annotated[bool, Replaces()] = False
    monitor_ids: Annotated[list[Id] | None, Unordered(), ServerDefault()] = None
    status: Literal["active", "paused"] = "active"

    @field_validator("days")
    @classmethod
    def _by_interval(cls, value: list[int], info: ValidationInfo) -> list[int]:
        interval = info.data.get("interval")
        if interval in {"once", "daily"} and value:
            raise ValueError(f"only a weekly or monthly window has days, this is {interval}")
        if interval in {"weekly", "monthly"}:
            if not value:
                raise ValueError(f"a {interval} window needs at least one")
            if wrong := sorted(set(value) - set(_WEEK if interval == "weekly" else _MONTH)):
                raise ValueError(f"a {interval} window has no day {wrong[0]}")
        return value

    @field_validator("monitor_ids")
    @classmethod
    def _or_all(cls, value: list[str] | None, info: ValidationInfo) -> list[str] | None:
        if value and info.data.get("auto_add_monitors"):
            raise ValueError("autoAddMonitors is for every monitor: leave them out")
        return value


class MaintenanceWindow(Thing[MaintenanceWindowInputs]):
    """A window."""

    token = kind.MAINTENANCE_WINDOW
    model = MaintenanceWindowInputs
    collection = Kind.WINDOW

    def identity(self, values: Properties) -> Hashable:
        """Its name."""
        return str(values.get("name"))

    def body(self, inputs: MaintenanceWindowInputs) -> dict[str, Any]:
        """As a create takes it."""
        body: dict[str, Any] = wire(inputs)
        del body["status"]
        if not inputs.days:
            del body["days"]
        if inputs.monitor_ids is not None:
            body["monitorIds"] = sorted(map(int, inputs.monitor_ids))
        return body

    def patch(self, old: MaintenanceWindowInputs, new: MaintenanceWindowInputs) -> dict[str, Any]:
        """The fields that differ."""
        body = {
            name: value for name, value in super().patch(old, new).items() if name != "monitorIds" or value is not None
        }
        if "days" in body and body["days"] is None:
            body["days"] = []
        return {**body, "status": new.status} if old.status != new.status else body

    def finish(
        self, client: Client, call: Call, item: Item, old: MaintenanceWindowInputs | None, new: MaintenanceWindowInputs
    ) -> Item:
        """Pause a new one: a create does not take it."""
        if old is not None or new.status == item.get("status"):
            return item
        return client.update(call, self.collection, str(item["id"]), {"status": new.status})

    def shown(self, item: Item, like: Properties) -> Properties:
        """The inputs that would make it anew."""
        del like
        shown: Properties = {name: item.get(name) for name in ("name", "interval", "time", "duration")}
        every = bool(item.get("autoAddMonitors"))
        return {
            **shown,
            # Some answers give a moment.
            "date": str(item.get("date") or "")[:10],
            "days": list(item.get("days") or ()) if item.get("interval") in {"weekly", "monthly"} else [],
            "autoAddMonitors": every,
            "monitorIds": [] if every else [str(monitor) for monitor in item.get("monitorIds") or ()],
            "status": item.get("status") or "active",
        }
