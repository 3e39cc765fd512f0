"""Public status pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, get_args

from providers.kit.inputs import wire
from providers.uptimerobot import kind
from providers.uptimerobot.client import Kind
from providers.uptimerobot.resources.page_inputs import Features, Look, StatusPageInputs
from providers.uptimerobot.resources.thing import Thing

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit import Properties, Value
    from providers.uptimerobot.listing import Item

#: Where pages without a domain of their own are.
_HOST: Final = "https://stats.uptimerobot.com"

_FLAGS: Final = (
    "shareAnalyticsConsent",
    "useSmallCookieConsentModal",
    "showCookieBar",
    "noIndex",
    "hideUrlLinks",
    "subscription",
)

#: The id that stands for every monitor.
_EVERY: Final = 0

#: What an update sends for a field that the program no longer gives.
_CLEARED: Final = {"customDomain": "", "password": "", "gaCode": ""}


class StatusPage(Thing[StatusPageInputs]):
    """A page."""

    token = kind.STATUS_PAGE
    model = StatusPageInputs
    collection = Kind.PAGE
    computed: ClassVar[Mapping[str, Any]] = {**Thing.computed, "urlKey": str, "url": str}

    def identity(self, values: Properties) -> Hashable:
        """Its name."""
        return str(values.get("friendlyName"))

    def body(self, inputs: StatusPageInputs) -> dict[str, Any]:
        """As the API takes it."""
        body: dict[str, Any] = wire(inputs)
        return {
            **body,
            "monitorIds": sorted(map(int, inputs.monitor_ids)),
            "tagIds": sorted(map(int, inputs.tag_ids)),
        }

    def patch(self, old: StatusPageInputs, new: StatusPageInputs) -> dict[str, Any]:
        """The fields that differ; what is no longer given is cleared, or left to the server."""
        body = super().patch(old, new)
        return {
            name: _CLEARED.get(name) if value is None else value
            for name, value in body.items()
            if value is not None or name in _CLEARED
        }

    def outputs(self, item: Item) -> Properties:
        """Its address."""
        key = str(item.get("urlKey") or "")
        return {"urlKey": key, "url": f"{_HOST}/{key}"}

    def shown(self, item: Item, like: Properties) -> Properties:
        """The inputs that would make it anew."""
        del like
        monitors = list(item.get("monitorIds") or ())
        shown: Properties = {
            "friendlyName": item.get("friendlyName"),
            "autoAddMonitors": _EVERY in monitors,
            "monitorIds": [str(monitor) for monitor in monitors if monitor != _EVERY],
            "tagIds": [str(tag) for tag in item.get("tagIds") or ()],
            "status": item.get("status") or "ENABLED",
            "customDomain": item.get("customDomain") or None,
            "homepageLink": item.get("homepageLink") or StatusPageInputs.model_fields["homepage_link"].default,
            "gaCode": item.get("gaCode") or None,
            "customSettings": _settings(item.get("customSettings") or {}),
            **{name: bool(item.get(name)) for name in _FLAGS},
        }
        return {name: value for name, value in shown.items() if value is not None}


def _settings(given: Mapping[str, Any]) -> Value:
    """The custom settings: words in the spelling that the API takes, flags as such; it gives them otherwise."""
    words = {_folded(word): word for info in Look.model_fields.values() for word in _words(info.annotation)}
    features = {str(info.alias) for info in Features.model_fields.values()}
    found: dict[str, dict[str, Any]] = {
        "font": {"family": (given.get("font") or {}).get("family")},
        "page": {name: words.get(_folded(word), word) for name, word in (given.get("page") or {}).items()},
        "colors": {name: _color(color) for name, color in (given.get("colors") or {}).items() if color},
        "features": {
            name: str(flag).lower() == "true"
            for name, flag in (given.get("features") or {}).items()
            if flag is not None and name in features
        },
    }
    kept = {name: {key: part for key, part in parts.items() if part is not None} for name, parts in found.items()}
    return {name: parts for name, parts in kept.items() if parts} or None


def _words(annotation: Any) -> list[str]:  # noqa: ANN401 - a field's type
    """The texts of a ``Literal``, or of one in a union."""
    found: list[str] = []
    for part in get_args(annotation):
        found.extend([part] if isinstance(part, str) else _words(part))
    return found


def _folded(word: object) -> str:
    """A word without what the spellings differ in: ``logo_on_left`` and ``LogoOnLeft``."""
    return str(word).replace("_", "").lower()


def _color(color: str) -> str:
    return f"#{color.removeprefix('#').upper()}"
