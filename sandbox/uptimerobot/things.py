"""Groups, contacts, integrations, windows and pages: how they are kept, how they answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sandbox.uptimerobot.refusals import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document

_EVENTS: Final = ("UpAndDown", "Down", "Up", "None")

#: Interval -> the days that it may have: of the week from Monday, of the month, -1 for its last.
_DAYS: Final[Mapping[str, frozenset[int]]] = {
    "weekly": frozenset(range(1, 8)),
    "monthly": frozenset({-1, *range(1, 32)}),
}

#: Integrations whose `value` is never shown.
_HIDDEN: Final = ("Telegram", "Pushbullet", "PagerDuty", "Pushover")

#: What an integration calls its value.
_VALUES: Final = ("webhookURL", "urlToNotify", "hookURL", "roomURL", "integrationKey", "accessToken", "userKey")

#: Fields of a page that are kept as they were sent, and what they are where they were not.
_PAGE: Final[Mapping[str, Any]] = {
    "friendlyName": None,
    "customDomain": None,
    "tagIds": [],
    "status": "ENABLED",
    "homepageLink": "https://uptimerobot.com",
    "gaCode": None,
    "shareAnalyticsConsent": False,
    "useSmallCookieConsentModal": False,
    "noIndex": False,
    "hideUrlLinks": False,
    "subscription": False,
    "showCookieBar": False,
    "customSettings": None,
}

_LOOK: Final = {"LogoOnLeft": "logo_on_left", "LogoOnCenter": "logo_on_center"}


def group(record: dict[str, Any], body: Mapping[str, Any], state: Document) -> None:
    """Keep a group.

    Raises:
        RefusedError: it names a monitor that is not there.
    """
    record["name"] = body.get("name", record.get("name"))
    _existing(body.get("monitorIds", []), state)
    for monitor in body.get("monitorIds", ()):
        state["monitors"][str(monitor)]["groupId"] = record["id"]


def window(record: dict[str, Any], body: Mapping[str, Any], state: Document) -> None:
    """Keep a window.

    Raises:
        RefusedError: it names a monitor that is not there, or has no day, or one that its interval has not.
    """
    base = {"autoAddMonitors": False, "monitorIds": [], "days": [], "status": "active", "userId": 1}
    record.update({**base, **record, **body})
    if record["interval"] not in _DAYS:
        record["days"] = []
    elif not record["days"] or set(record["days"]) - _DAYS[record["interval"]]:
        raise RefusedError(400, f"days: at least one is needed, of those that are {record['interval']}")
    _existing(record["monitorIds"], state)


def contact(record: dict[str, Any], body: Mapping[str, Any], _state: Document) -> None:
    """Keep a contact: an address waits for its owner's yes."""
    sent = dict(body)
    record.setdefault("status", "NotActivated")
    if (active := sent.pop("isActive", None)) is not None:
        record["status"] = "Active" if active else "Paused"
    record.update({"sslExpirationReminder": False, "enableNotificationsFor": 0, **record, **sent})


def contact_shown(record: Mapping[str, Any]) -> dict[str, Any]:
    """A contact as it answers."""
    idle = dict.fromkeys(
        ("friendlyName", "customValue", "httpUsername", "httpPassword", "authType", "mobileProviderId")
    )
    events = _EVENTS[record["enableNotificationsFor"]]
    return {**idle, "orgAlertContactId": None, **record, "enableNotificationsFor": events}


def integration(record: dict[str, Any], body: Mapping[str, Any], state: Document) -> None:
    """Keep an integration.

    Raises:
        RefusedError: there is one with this address already.
    """
    record.update({"type": body["type"], "data": {**record.get("data", {}), **body["data"]}})
    value = _value(record)
    for other in state["integrations"].values():
        if other["id"] != record["id"] and value and (other["type"], _value(other)) == (record["type"], value):
            raise RefusedError(409, "Integration already exists")


def integration_shown(record: Mapping[str, Any]) -> dict[str, Any]:
    """An integration as it answers: some hide their key, a webhook's ways are JSON in a text."""
    data, type_ = record["data"], record["type"]
    custom, second = data.get("customValue", data.get("customMessage")), None
    if type_ == "Webhook":
        ways = {"sendJSON": "sendAsJSON", "sendQuery": "sendAsQueryString", "sendPost": "sendAsPostParameters"}
        custom = json.dumps(
            {"postValue": data["postValue"], **{name: int(data.get(sent, False)) for name, sent in ways.items()}}
        )
    if type_ == "PagerDuty":
        custom, second = str(int(data.get("autoResolve", False))), data.get("location", "us")
    return {
        "id": record["id"],
        "friendlyName": data.get("friendlyName", ""),
        "type": type_,
        "status": "Active",
        "enableNotificationsFor": data.get("enableNotificationsFor", "UpAndDown"),
        "sslExpirationReminder": data.get("sslExpirationReminder", False),
        "value": None if type_ in _HIDDEN else _value(record),
        "customValue": custom,
        "customValue2": second,
        "customValue3": None,
        "customValue4": None,
        "customHeaders": data.get("customHeaders"),
    }


def page(record: dict[str, Any], body: Mapping[str, Any], state: Document) -> None:
    """Keep a page; of its password only whether it has one.

    Raises:
        RefusedError: it names a monitor that is not there.
    """
    record.update({name: body[name] for name in _PAGE if name in body and name != "customSettings"})
    if "password" in body:
        record["isPasswordSet"] = bool(body["password"])
    for name, part in (body.get("customSettings") or {}).items():
        record.setdefault("customSettings", {}).setdefault(name, {}).update(part or {})
    if body.get("autoAddMonitors") is not None:
        record["every"] = body["autoAddMonitors"]
    record["monitorIds"] = list(body.get("monitorIds", record.get("monitorIds", [])))
    _existing(record["monitorIds"], state)


def page_shown(record: Mapping[str, Any]) -> dict[str, Any]:
    """A page as it answers: flags as texts, words in another spelling, 0 for every monitor."""
    settings = record.get("customSettings") or {}
    look = {name: _LOOK.get(word, str(word).lower()) for name, word in settings.get("page", {}).items()}
    flags = {name: str(flag).lower() for name, flag in settings.get("features", {}).items()}
    colors = {"main": None, "text": None, "link": None, **settings.get("colors", {})}
    monitors = [0] if record.get("every") else record["monitorIds"]
    return {
        **{name: record.get(name, default) or default for name, default in _PAGE.items()},
        "id": record["id"],
        "monitorIds": monitors,
        "monitorsCount": len(monitors),
        "isPasswordSet": record.get("isPasswordSet", False),
        "urlKey": record["key"],
        "icon": None,
        "logo": None,
        "pinnedAnnouncementId": None,
        "customSettings": {"font": settings.get("font"), "page": look, "colors": colors, "features": flags},
    }


def _value(record: Mapping[str, Any]) -> str | None:
    return next((record["data"][name] for name in _VALUES if name in record["data"]), None)


def _existing(monitors: list[int], state: Document) -> None:
    for monitor in monitors:
        if monitor and str(monitor) not in state["monitors"]:
            raise RefusedError(404, f"Monitor {monitor} not found")
