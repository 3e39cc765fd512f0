"""Monitors of every type."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

from providers.kit.inputs import Secret, wire
from providers.uptimerobot import kind
from providers.uptimerobot.client import Kind
from providers.uptimerobot.resources.monitor_inputs import HTTP_LIKE, TYPES, MonitorInputs, defaulted
from providers.uptimerobot.resources.thing import Thing

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from providers.kit import Call, Checked, Properties, Value
    from providers.uptimerobot.client import Client
    from providers.uptimerobot.listing import Item

#: Inputs that the API has under the same name, in the same form.
_SAME: Final = (
    "type",
    "friendlyName",
    "interval",
    "url",
    "timeout",
    "gracePeriod",
    "httpMethodType",
    "authType",
    "httpUsername",
    "httpPassword",
    "customHttpHeaders",
    "successHttpResponseCodes",
    "postValueType",
    "followRedirections",
    "checkSSLErrors",
    "sslExpirationReminder",
    "domainExpirationReminder",
    "keywordType",
    "keywordValue",
    "keywordCaseType",
    "port",
    "tagNames",
    "customFields",
    "responseTimeThreshold",
)

#: What an update sends for a field that the program no longer gives.
_CLEARED: Final[Mapping[str, Any]] = {
    "httpUsername": "",
    "httpPassword": "",
    "postValueType": None,
    "postValueData": None,
    "responseTimeThreshold": 0,
    "groupId": 0,
    "customFields": {},
    "customHttpHeaders": {},
}

#: What is the server's again when the program no longer gives it.
_LEFT_ALONE: Final = ("maintenanceWindowsIds", "regionData")

#: What the API takes a missing method for.
_METHODS: Final = {"HTTP": "HEAD", "KEYWORD": "HEAD", "API": "GET"}

_CASES: Final = ("CaseSensitive", "CaseInsensitive")
_PAUSED: Final = "PAUSED"


class Monitor(Thing[MonitorInputs]):
    """Something that is looked at again and again; for HEARTBEAT, something that reports."""

    token = kind.MONITOR
    model = MonitorInputs
    collection = Kind.MONITOR
    computed: ClassVar[Mapping[str, Any]] = {**Thing.computed, "heartbeatUrl": Annotated[str, Secret()]}

    def check(self, call: Call, inputs: Properties, old: Properties | None) -> Checked:
        """As for every kind, with the defaults of the type."""
        return super().check(call, defaulted(inputs), old)

    def identity(self, values: Properties) -> Hashable:
        """Type, name and address."""
        return values.get("type"), values.get("friendlyName"), values.get("url")

    def body(self, inputs: MonitorInputs) -> dict[str, Any]:
        """As a create takes it."""
        values = wire(inputs)
        body: dict[str, Any] = {name: values[name] for name in _SAME if name in values}
        if inputs.post_value_data is not None:
            body["postValueData"] = json.loads(inputs.post_value_data)
        body["assignedAlertContacts"] = [
            {
                "alertContactId": int(contact.alert_contact_id),
                "threshold": contact.threshold,
                "recurrence": contact.recurrence,
            }
            for contact in inputs.assigned_alert_contacts
        ]
        if inputs.maintenance_window_ids is not None:
            body["maintenanceWindowsIds"] = sorted(map(int, inputs.maintenance_window_ids))
        if inputs.region_data is not None:
            body["regionData"] = _region_body(values["regionData"])
        if inputs.config is not None or inputs.type == "DNS":
            body["config"] = values.get("config", {})
        # Two that not every plan has: sent only where they say something.
        if inputs.group_id != "0":
            body["groupId"] = int(inputs.group_id)
        if not inputs.custom_fields:
            del body["customFields"]
        return body

    def patch(self, old: MonitorInputs, new: MonitorInputs) -> dict[str, Any]:
        """The fields that differ; what is no longer given is cleared, `config` key by key."""
        before, after = self.body(old), self.body(new)
        body = {
            name: after[name] if name in after else _CLEARED.get(name)
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name) and (name in after or name not in _LEFT_ALONE)
        }
        if "config" in body:
            gone = dict.fromkeys({*(before.get("config") or {})} - {*(after.get("config") or {})})
            body["config"] = {**gone, **(after.get("config") or {})}
        if body.get("keywordCaseType"):
            # A create takes the word, an update the number.
            body["keywordCaseType"] = _CASES.index(body["keywordCaseType"])
        return body

    def finish(self, client: Client, call: Call, item: Item, old: MonitorInputs | None, new: MonitorInputs) -> Item:
        """Pause or start it, where that changes."""
        del old
        paused = item.get("status") == _PAUSED
        if paused == new.is_paused:
            return item
        return (client.pause if new.is_paused else client.start)(call, str(item["id"]))

    def outputs(self, item: Item) -> Properties:
        """Where a heartbeat's reports go."""
        return {"heartbeatUrl": str(item.get("url") or "") if item.get("type") == "HEARTBEAT" else ""}

    def shown(self, item: Item, like: Properties) -> Properties:
        """The inputs that would make it anew, only those that its type has."""
        type_ = str(item.get("type"))
        has = {wired for field, wired in _WIRED.items() if type_ in TYPES[field]}
        shown: Properties = {
            "type": type_,
            "friendlyName": item.get("friendlyName"),
            "interval": item.get("interval"),
            "assignedAlertContacts": [
                {
                    "alertContactId": str(contact["alertContactId"]),
                    "threshold": contact.get("threshold", 0),
                    "recurrence": contact.get("recurrence", 0),
                }
                for contact in item.get("assignedAlertContacts") or ()
            ],
            "tagNames": [tag["name"] for tag in item.get("tags") or ()],
            "maintenanceWindowIds": [
                str(window["id"])
                for window in item.get("maintenanceWindows") or ()
                if not window.get("autoAddMonitors")
            ],
            "groupId": str(item.get("groupId") or 0),
            "customFields": dict(item.get("customFields") or {}),
            "isPaused": item.get("status") == _PAUSED,
            **{name: item[name] for name in has if item.get(name) is not None},
        }
        if type_ in HTTP_LIKE:
            shown["httpMethodType"] = item.get("httpMethodType") or _METHODS[type_]
            shown["authType"] = item.get("authType") or "HTTP_BASIC"
            headers = item.get("customHttpHeaders") or {}
            shown["customHttpHeaders"] = {name.lower(): str(text) for name, text in headers.items()}
            shown["httpUsername"] = item.get("httpUsername") or None
        if isinstance(case := item.get("keywordCaseType"), int) and "keywordCaseType" in has:
            shown["keywordCaseType"] = _CASES[case]
        shown |= _regions_shown(item.get("regionalData"), like)
        shown["config"] = _config_shown(type_, item.get("config") or {}, like)
        return {name: value for name, value in shown.items() if value is not None and name not in _NEVER_SHOWN}


#: Field -> its name on the wire.
_WIRED: Final = {field: MonitorInputs.model_fields[field].alias or field for field in TYPES}

#: Write-only ones: what comes back is not what was sent.
_NEVER_SHOWN: Final = ("httpPassword", "postValueData")


def _region_body(data: Value) -> dict[str, Any]:
    assert isinstance(data, dict)  # noqa: S101 - a model's own dump
    body: dict[str, Any] = {"REGION": data["regions"], "MANUAL_SELECTED": not data["autoSelect"]}
    return {**body, "THRESHOLD": data["thresholds"]} if data.get("thresholds") else body


def _regions_shown(data: Any, like: Properties) -> Properties:  # noqa: ANN401 - an object, or a region of old
    """`regionData` and `responseTimeThreshold`: thresholds that are all the same are the latter, unless it was said so.

    The API never gives `responseTimeThreshold` back: it makes thresholds of it.
    """
    if isinstance(data, str):
        data = {"REGION": [data]}
    if not isinstance(data, dict):
        return {}
    regions = list(data.get("REGION") or ())
    thresholds = {region: value for region, value in (data.get("THRESHOLD") or {}).items() if value}
    asked = like.get("regionData")
    apart = isinstance(asked, dict) and bool(asked.get("thresholds"))
    one = len(set(thresholds.values())) == 1 and set(thresholds) >= set(regions) and not apart
    shown: Properties = {"responseTimeThreshold": next(iter(thresholds.values()))} if one else {}
    if regions:
        shown["regionData"] = {
            "regions": regions,
            "autoSelect": not data.get("MANUAL_SELECTED", True),
            "thresholds": {} if one else thresholds,
        }
    return shown


def _config_shown(type_: str, config: Mapping[str, Any], like: Properties) -> Value:
    """`config`, without what the server has put there by itself."""
    asked = like.get("config")
    given = asked if isinstance(asked, dict) else {}
    imported = not like
    shown: dict[str, Value] = {}
    for name in ("sslExpirationPeriodDays", "applicationErrorRetries"):
        if config.get(name) is not None and type_ in HTTP_LIKE and (imported or name in given):
            shown[name] = config[name]
    if config.get("ipVersion"):
        shown["ipVersion"] = config["ipVersion"]
    if type_ == "DNS" and (records := {name: row for name, row in (config.get("dnsRecords") or {}).items() if row}):
        shown["dnsRecords"] = records
    if type_ == "API" and config.get("apiAssertions"):
        shown["apiAssertions"] = config["apiAssertions"]
    if type_ == "UDP" and config.get("udp"):
        shown["udp"] = {name: part for name, part in config["udp"].items() if part not in {None, ""}}
    return shown or None
