"""Channels of other services that alerts go to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field, ValidationInfo, field_validator

from providers.kit.inputs import Inputs, Replaces, Secret, ServerDefault, WriteOnly, wire
from providers.uptimerobot import kind
from providers.uptimerobot.client import Kind
from providers.uptimerobot.resources.contacts import Events, events
from providers.uptimerobot.resources.thing import Thing

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit import Properties
    from providers.uptimerobot.listing import Item

#: Type -> what the API calls its `value`.
_VALUES: Final[Mapping[str, str]] = {
    "Slack": "webhookURL",
    "Webhook": "urlToNotify",
    "Discord": "webhookURL",
    "MSTeams": "webhookURL",
    "Zapier": "hookURL",
    "GoogleChat": "roomURL",
    "Splunk": "urlToNotify",
    "Mattermost": "webhookURL",
}

#: Type -> what the API calls its `key`, which no answer shows.
_KEYS: Final[Mapping[str, str]] = {
    "Pushover": "userKey",
    "Pushbullet": "accessToken",
    "PagerDuty": "integrationKey",
}

#: Type -> what the API calls its `customValue`.
_CUSTOM: Final[Mapping[str, str]] = {
    "Slack": "customValue",
    "Discord": "customValue",
    "Mattermost": "customValue",
    "GoogleChat": "customMessage",
    "Telegram": "customValue",
}

#: Fields -> the one type that has them.
_ONLY: Final[Mapping[str, str]] = {
    "send_as_json": "Webhook",
    "send_as_query_string": "Webhook",
    "send_as_post_parameters": "Webhook",
    "post_value": "Webhook",
    "custom_headers": "Webhook",
    "priority": "Pushover",
    "location": "PagerDuty",
    "auto_resolve": "PagerDuty",
}

#: The API's names for a webhook's ways, in the JSON that it keeps them in.
_WAYS: Final = {"sendAsJSON": "sendJSON", "sendAsQueryString": "sendQuery", "sendAsPostParameters": "sendPost"}

_LOCATIONS: Final = ("us", "eu")

#: A PagerDuty key has no fewer characters.
_SHORTEST_KEY: Final = 32


class IntegrationInputs(Inputs):
    """A channel: some have an address (`value`), which answers show, some a key (`key`), which none does."""

    type: Annotated[
        Literal[
            "Slack",
            "Webhook",
            "Discord",
            "Telegram",
            "Pushover",
            "Pushbullet",
            "MSTeams",
            "Zapier",
            "PagerDuty",
            "GoogleChat",
            "Splunk",
            "Mattermost",
        ],
        Replaces(),
    ]
    friendly_name: str = Field(min_length=1, max_length=60)
    value: Annotated[str | None, Secret(), Field(max_length=1500, validate_default=True)] = None
    key: Annotated[str | None, Secret(), WriteOnly(), Field(max_length=1500)] = None
    custom_value: str = Field(default="", max_length=5000)
    enable_notifications_for: Events = "UpAndDown"
    ssl_expiration_reminder: bool = False
    send_as_json: bool = Field(default=False, alias="sendAsJSON")
    send_as_query_string: bool = False
    send_as_post_parameters: bool = False
    post_value: str | None = None
    custom_headers: Annotated[dict[str, str], Secret()] = Field(default_factory=dict)
    priority: Annotated[Literal["Lowest", "Low", "Normal", "High", "Emergency"] | None, WriteOnly()] = None
    location: Annotated[Literal["us", "eu"] | None, ServerDefault()] = None
    auto_resolve: bool = False

    @field_validator("value")
    @classmethod
    def _address(cls, value: str | None, info: ValidationInfo) -> str | None:
        kind_ = str(info.data.get("type"))
        if kind_ in _VALUES and not value:
            raise ValueError(f"a {kind_} integration needs one: the API's {_VALUES[kind_]}")
        if value and kind_ in _KEYS:
            raise ValueError(f"a {kind_} integration has none: the API's {_KEYS[kind_]} is the key")
        if value and kind_ == "Telegram":
            raise ValueError("a Telegram integration has none: its chat is the customValue")
        return value

    @field_validator("key")
    @classmethod
    def _secret(cls, value: str | None, info: ValidationInfo) -> str | None:
        kind_ = str(info.data.get("type"))
        if value and (kind_ in _VALUES or kind_ == "Telegram"):
            raise ValueError(f"only for {', '.join(_KEYS)}, this is {kind_}")
        if value and kind_ == "PagerDuty" and len(value) < _SHORTEST_KEY:
            raise ValueError(f"a PagerDuty key has at least {_SHORTEST_KEY} characters")
        return value

    @field_validator("custom_value")
    @classmethod
    def _taken(cls, value: str, info: ValidationInfo) -> str:
        kind_ = info.data.get("type")
        if value and kind_ is not None and kind_ not in _CUSTOM:
            raise ValueError(f"only for {', '.join(_CUSTOM)}, this is {kind_}")
        return value

    @field_validator(*_ONLY)
    @classmethod
    def _by_type(cls, value: object, info: ValidationInfo) -> object:
        kind_, only = info.data.get("type"), _ONLY[str(info.field_name)]
        if value and kind_ not in {None, only}:
            raise ValueError(f"only for {only}, this is {kind_}")
        return value

    @field_validator("post_value")
    @classmethod
    def _json(cls, value: str | None) -> str | None:
        return None if value is None else _canonical(value)


class Integration(Thing[IntegrationInputs]):
    """A channel; its id goes where an alert contact's goes."""

    token = kind.INTEGRATION
    model = IntegrationInputs
    collection = Kind.INTEGRATION

    def identity(self, values: Properties) -> Hashable:
        """Type and name."""
        return values.get("type"), values.get("friendlyName")

    def body(self, inputs: IntegrationInputs) -> dict[str, Any]:
        """As the API takes it, to make one and to change one."""
        values = wire(inputs)
        data: dict[str, Any] = {
            name: values[name] for name in ("friendlyName", "enableNotificationsFor", "sslExpirationReminder")
        }
        if inputs.type in _VALUES:
            data[_VALUES[inputs.type]] = inputs.value
        if inputs.type in _KEYS and inputs.key:
            data[_KEYS[inputs.type]] = inputs.key
        if inputs.type in _CUSTOM:
            data[_CUSTOM[inputs.type]] = inputs.custom_value
        if inputs.type == "Webhook":
            data |= {name: values[name] for name in (*_WAYS, "customHeaders")}
            data["postValue"] = inputs.post_value or ""
        if inputs.type == "Pushover" and inputs.priority:
            data["priority"] = inputs.priority
        if inputs.type == "PagerDuty":
            data["autoResolve"] = inputs.auto_resolve
            if inputs.location:
                data["location"] = inputs.location
        return {"type": inputs.type, "data": data}

    def patch(self, old: IntegrationInputs, new: IntegrationInputs) -> dict[str, Any]:
        """All of it: an update takes the same as a create."""
        after = self.body(new)
        return after if self.body(old) != after else {}

    def shown(self, item: Item, like: Properties) -> Properties:
        """The inputs that would make it anew."""
        del like
        type_ = str(item.get("type"))
        custom = item.get("customValue") or ""
        shown: Properties = {
            "type": type_,
            "friendlyName": item.get("friendlyName") or "",
            "customValue": custom if type_ in _CUSTOM else "",
            "enableNotificationsFor": events(item.get("enableNotificationsFor") or "UpAndDown"),
            "sslExpirationReminder": bool(item.get("sslExpirationReminder")),
            "customHeaders": {},
            "autoResolve": False,
            **dict.fromkeys(_WAYS, False),
        }
        if type_ in _VALUES and item.get("value"):
            shown["value"] = item["value"]
        if type_ == "Webhook":
            shown |= _webhook(custom)
            shown["customHeaders"] = dict(item.get("customHeaders") or {})
        if type_ == "PagerDuty":
            shown["autoResolve"] = _true(custom)
            location = str(item.get("customValue2") or "").lower()
            shown |= {"location": location} if location in _LOCATIONS else {}
        return shown


def _webhook(custom: str) -> Properties:
    """A webhook's ways and body, which the API keeps as JSON in its custom value."""
    try:
        kept = json.loads(custom or "{}")
    except ValueError:
        kept = {}
    if not isinstance(kept, dict):
        kept = {}
    found: Properties = {name: _true(kept.get(theirs)) for name, theirs in _WAYS.items()}
    body = kept.get("postValue")
    if body not in {None, ""} if isinstance(body, str | None) else True:
        found["postValue"] = _canonical(body) if isinstance(body, str) else _dump(body)
    return found


def _true(shown: object) -> bool:
    """Whether a flag is set: answers give it as a boolean, a number or a text."""
    return str(shown).strip().lower() in {"1", "true"}


def _canonical(text: str) -> str:
    """JSON in one form, so that its spaces do not count; what is no JSON stays as it is."""
    try:
        return _dump(json.loads(text))
    except ValueError:
        return text


def _dump(document: object) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
