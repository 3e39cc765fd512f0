"""E-mail addresses that alerts go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from providers.kit.inputs import Inputs, Replaces
from providers.uptimerobot import kind
from providers.uptimerobot.client import Kind
from providers.uptimerobot.resources.thing import Thing

if TYPE_CHECKING:
    from collections.abc import Hashable

    from providers.kit import Call, Properties
    from providers.uptimerobot.client import Client
    from providers.uptimerobot.listing import Item

Events = Literal["UpAndDown", "Down", "Up", "None"]

#: The API's number for each, as its place.
EVENTS: Final = ("UpAndDown", "Down", "Up", "None")

#: Number -> type, for answers of old.
_TYPES: Final = {2: "Email"}
_STATUSES: Final = {0: "NotActivated", 1: "Paused", 2: "Active"}


def events(shown: object) -> str:
    """What is told of, from a word or its number."""
    return EVENTS[shown] if isinstance(shown, int) else str(shown)


class AlertContactInputs(Inputs):
    """An address. Other kinds of contact are made by the app, or need a phone to be verified."""

    type: Annotated[Literal["Email"], Replaces()] = "Email"
    value: Annotated[str, Replaces(), Field(pattern=r"^[^@\s]+@[^@\s]+$")]
    friendly_name: str = Field(min_length=1)
    enable_notifications_for: Events = "UpAndDown"
    ssl_expiration_reminder: bool = False
    is_active: bool = True


class AlertContact(Thing[AlertContactInputs]):
    """An address. Its owner must say yes to a mail before it is used; until then it counts as active."""

    token = kind.ALERT_CONTACT
    model = AlertContactInputs
    collection = Kind.CONTACT

    def identity(self, values: Properties) -> Hashable:
        """Type and address."""
        return values.get("type"), str(values.get("value")).lower()

    def body(self, inputs: AlertContactInputs) -> dict[str, Any]:
        """As a create takes it."""
        return {
            "type": inputs.type,
            "value": inputs.value,
            "friendlyName": inputs.friendly_name,
            "enableNotificationsFor": EVENTS.index(inputs.enable_notifications_for),
        }

    def patch(self, old: AlertContactInputs, new: AlertContactInputs) -> dict[str, Any]:
        """The fields that differ, with the two that a create does not take."""
        return {**super().patch(old, new), **_later(old, new)}

    def finish(
        self, client: Client, call: Call, item: Item, old: AlertContactInputs | None, new: AlertContactInputs
    ) -> Item:
        """The two fields that a create does not take."""
        if old is not None:
            return item
        fresh = AlertContactInputs(value=new.value, friendly_name=new.friendly_name)
        later = _later(fresh, new)
        return client.update(call, self.collection, str(item["id"]), later) if later else item

    def shown(self, item: Item, like: Properties) -> Properties:
        """The inputs that would make it anew."""
        del like
        type_, status = item.get("type"), item.get("status")
        shown: Properties = {
            "type": _TYPES.get(type_, str(type_)) if isinstance(type_, int) else type_,
            "value": item.get("value"),
            "friendlyName": item.get("friendlyName"),
            "enableNotificationsFor": events(item.get("enableNotificationsFor", 0)),
            "sslExpirationReminder": bool(item.get("sslExpirationReminder")),
            "isActive": (_STATUSES.get(status) if isinstance(status, int) else status) != "Paused",
        }
        return {name: value for name, value in shown.items() if value is not None}


def _later(old: AlertContactInputs, new: AlertContactInputs) -> dict[str, Any]:
    """The fields that only an update takes, where they differ."""
    before = {"sslExpirationReminder": old.ssl_expiration_reminder, "isActive": old.is_active}
    after = {"sslExpirationReminder": new.ssl_expiration_reminder, "isActive": new.is_active}
    return {name: value for name, value in after.items() if before[name] != value}
