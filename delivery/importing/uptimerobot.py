"""What is live in an UptimeRobot account, and by what each thing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delivery.importing.live import Keys, Live, Part
from providers.kit.handler import Call
from providers.uptimerobot import kind
from providers.uptimerobot.client import Client, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Final

_TYPE, _NAME = Part("type"), Part("friendlyName")
#: Addresses are kept with a slash at their end, or without one.
_URL = Part("url", normal=lambda url: url.rstrip("/"))

#: Natural keys, parents first. A monitor by the name that the program gives it, or by what it looks at; two that look
#: at the same address are told apart by their names alone.
KEYS: Keys = {
    kind.ALERT_CONTACT: ((Part("value", normal=str.lower),),),
    kind.INTEGRATION: ((_TYPE, _NAME),),
    kind.MONITOR_GROUP: ((Part("name"),),),
    kind.MAINTENANCE_WINDOW: ((Part("name"),),),
    kind.MONITOR: ((_TYPE, _NAME, _URL), (_TYPE, _URL, Part("keywordValue"), Part("port")), (_TYPE, _NAME)),
    kind.STATUS_PAGE: ((_NAME,),),
}

_KINDS: Final[Mapping[str, tuple[Kind, str]]] = {
    kind.ALERT_CONTACT: (Kind.CONTACT, "the alert contact"),
    kind.INTEGRATION: (Kind.INTEGRATION, "the integration"),
    kind.MONITOR_GROUP: (Kind.GROUP, "the monitor group"),
    kind.MAINTENANCE_WINDOW: (Kind.WINDOW, "the maintenance window"),
    kind.MONITOR: (Kind.MONITOR, "the monitor"),
    kind.STATUS_PAGE: (Kind.PAGE, "the status page"),
}


def look(client: Client) -> list[Live]:
    """Everything in the account that a program could declare.

    Raises:
        ApiError: UptimeRobot could not be asked.
    """
    return [
        _live(token, words, item)
        for token, (listed, words) in _KINDS.items()
        for item in client.known(Call(), listed).values()
    ]


def _live(token: str, words: str, item: Mapping[str, Any]) -> Live:
    # Of an integration the value is a secret: what is not compared is not kept.
    compared = {part.name for way in KEYS[token] for part in way}
    fields = {name: str(value) for name, value in item.items() if name in compared and value is not None}
    # Of what has no name, only what it is known by may be told.
    name = item.get("friendlyName") or item.get("name") or fields.get("value") or item["id"]
    return Live(token, str(item["id"]), f"{words} {name}", fields)
