"""Monitors: how they are kept, how they answer."""

from __future__ import annotations

import html
import secrets
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from sandbox.uptimerobot.refusals import RefusedError
from sandbox.uptimerobot.shapes import CONFIGS, Nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sandbox.fake.store import Document

#: Where heartbeats report to, on this fake's own host.
HEARTBEATS: Final = "/heartbeat/"

#: Fields of `Monitor`'s answers that are kept as they were sent, and what they are where they were not.
_KEPT: Final[Mapping[str, Any]] = {
    "type": None,
    "interval": None,
    "friendlyName": None,
    "url": "",
    "timeout": None,
    "gracePeriod": 0,
    "port": None,
    "keywordValue": None,
    "keywordType": None,
    "keywordCaseType": None,
    "checkSSLErrors": False,
    "sslExpirationReminder": False,
    "domainExpirationReminder": False,
    "followRedirections": False,
    "authType": "HTTP_BASIC",
    "httpUsername": "",
    "customHttpHeaders": None,
    "httpMethodType": None,
    "successHttpResponseCodes": [],
    "postValueData": None,
    "postValueType": None,
    "config": None,
    "groupId": 0,
    "customFields": None,
    "assignedAlertContacts": [],
}

#: What the vendor computes and nobody here needs.
_IDLE: Final[Mapping[str, Any]] = {
    "sslBrand": None,
    "sslExpiryDateTime": None,
    "domainExpireDate": None,
    "responseTimeThreshold": 0,
    "currentStateDuration": 0,
    "lastIncidentId": None,
    "lastIncident": None,
    "lastDayUptimes": {"bucketSize": 0, "histogram": []},
    "userId": 1,
    "apiKey": None,
}

_CASES: Final = {"CaseSensitive": 0, "CaseInsensitive": 1}
_BARE: Final = ("PING", "PORT", "UDP", "DNS")


def kept(record: dict[str, Any], body: Mapping[str, Any], state: Document) -> None:
    """Take a create's or an update's fields over, as the vendor does.

    Raises:
        RefusedError: something that it names does not exist, or it would be of another type.
    """
    if body.get("type", record["type"]) != record["type"]:
        raise RefusedError(400, "type cannot be changed")
    record.update({name: body[name] for name in _KEPT if name in body and name != "config"})
    if (case := record.get("keywordCaseType")) in _CASES:
        record["keywordCaseType"] = _CASES[case]
    if record.get("keywordValue"):
        record["keywordValue"] = record["keywordValue"].strip()
    if record["type"] in _BARE and "://" in record.get("url", ""):
        record["url"] = record["url"].split("://", 1)[1]
    if "config" in body:
        _merge(record, body["config"])
    _keep_regions(record, body)
    _check(record, state)
    if body.get("tagNames") is not None:
        record["tags"] = [_tag(state, name) for name in dict.fromkeys(body["tagNames"])]
    if body.get("maintenanceWindowsIds") is not None:
        _assign(state, record["id"], body["maintenanceWindowsIds"])


def shown(record: Mapping[str, Any], state: Document, host: str, now: float) -> dict[str, Any]:
    """A monitor as it answers, names and addresses not escaped yet."""
    tags = {number: name for name, number in state["tags"].items()}
    return {
        **_IDLE,
        **{name: record.get(name, default) for name, default in _KEPT.items()},
        "id": record["id"],
        "createDateTime": record["created"],
        "regionalData": record["regions"],
        "status": _status(record, now),
        "url": f"{host}{HEARTBEATS}{record['key']}" if record["type"] == "HEARTBEAT" else record["url"],
        "tags": [{"id": number, "name": tags[number], "color": "#3BD671"} for number in record.get("tags", ())],
        "maintenanceWindows": [
            window
            for window in state["maintenance-windows"].values()
            if window["autoAddMonitors"] or record["id"] in window["monitorIds"]
        ],
        "psps": [],
    }


def matches(query: Mapping[str, str]) -> Callable[[Mapping[str, Any]], bool]:
    """The listing's filters: parts of name and address in any case, one of several tags, a group."""
    name, url = query.get("name", "").lower(), query.get("url", "").lower()
    tags = set(query["tags"].split(",")) if query.get("tags") else set()

    def fits(item: Mapping[str, Any]) -> bool:
        named = {tag["name"] for tag in item["tags"]}
        return (
            name in item["friendlyName"].lower()
            and url in item["url"].lower()
            and (not tags or bool(tags & named))
            and query.get("groupId", str(item["groupId"])) == str(item["groupId"])
        )

    return fits


def beat(state: Document, key: str, now: float) -> str:
    """Take a heartbeat's report; gives its monitor's status.

    Raises:
        RefusedError: nobody waits for it.
    """
    for record in state["monitors"].values():
        if record["type"] == "HEARTBEAT" and secrets.compare_digest(record["key"].encode(), key.encode()):
            record["beat"] = now
            return _status(record, now)
    raise RefusedError(404, "no such heartbeat")


def escaped(item: dict[str, Any]) -> dict[str, Any]:
    """The item with its names and addresses escaped for HTML, as they are answered."""
    texts = {name: item[name] for name in ("friendlyName", "name", "url") if isinstance(item.get(name), str)}
    return {**item, **{name: html.escape(text) for name, text in texts.items()}}


def _status(record: Mapping[str, Any], now: float) -> str:
    """PAUSED, STARTED before the first report or look, UP, or DOWN when a report is overdue."""
    if record["type"] != "HEARTBEAT" or record["status"] == "PAUSED" or record.get("beat") is None:
        return str(record["status"])
    return "DOWN" if now - record["beat"] > record["interval"] + record.get("gracePeriod", 0) else "UP"


def _merge(record: dict[str, Any], config: Mapping[str, Any] | None) -> None:
    """An update's config: key by key, null takes one away, null for all takes all away.

    Raises:
        RefusedError: what comes of it is no config of the monitor's type.
    """
    merged = {} if config is None else {**(record.get("config") or {}), **config}
    left = {name: part for name, part in merged.items() if part is not None}
    try:
        CONFIGS.get(record["type"], Nothing).model_validate(left)
    except ValidationError as error:
        places = {".".join(map(str, ("config", *found["loc"]))) for found in error.errors()}
        raise RefusedError(400, f"not for {record['type']}: {', '.join(sorted(places))}") from None
    record["config"] = left or None


def _keep_regions(record: dict[str, Any], body: Mapping[str, Any]) -> None:
    """Where it looks from. A threshold for all becomes one of each region, and is never given back."""
    regions = record.setdefault("regions", {"REGION": ["na"], "MANUAL_SELECTED": False})
    if body.get("regionData") is not None:
        regions = {**regions, **body["regionData"]}
    elif body.get("regionalData"):
        regions = {"REGION": [body["regionalData"]], "MANUAL_SELECTED": True}
    if (threshold := body.get("responseTimeThreshold")) is not None:
        regions["THRESHOLD"] = dict.fromkeys(regions["REGION"], threshold) if threshold else {}
    record["regions"] = regions


def _check(record: Mapping[str, Any], state: Document) -> None:
    contacts = {*state["alert-contacts"], *state["integrations"]}
    for contact in record.get("assignedAlertContacts", ()):
        if str(contact["alertContactId"]) not in contacts:
            raise RefusedError(404, f"Alert contact {contact['alertContactId']} not found")
    group = record.get("groupId", 0)
    if group and str(group) not in state["monitor-groups"]:
        raise RefusedError(404, f"Monitor group {group} not found")


def _tag(state: Document, name: str) -> int:
    """A tag's id; one that there is not yet is made."""
    tags: dict[str, int] = state["tags"]
    return tags.setdefault(name.lower(), max(tags.values(), default=0) + 1)


def _assign(state: Document, monitor: int, windows: list[int]) -> None:
    """Put a monitor into these windows and no others."""
    for window in windows:
        if str(window) not in state["maintenance-windows"]:
            raise RefusedError(404, f"Maintenance window {window} not found")
    for record in state["maintenance-windows"].values():
        others = [id_ for id_ in record["monitorIds"] if id_ != monitor]
        record["monitorIds"] = [*others, monitor] if record["id"] in windows else others
