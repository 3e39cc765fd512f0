"""UptimeRobot's provider as the conformance suite's subject: every type that it has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from providers.kit import Call
from providers.uptimerobot.client import Client, Kind
from providers.uptimerobot.provider import RESOURCES
from sandbox.fake.transport import Transport
from sandbox.uptimerobot.application import BASE, UptimeRobot
from tests.providers.conformance.subject import Declared, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from wsgiref.types import WSGIApplication

_KEY = "canary-" + "of-the-api-key"
_PASSWORD = "canary-of-" + "the-" + "password"
_HEADER = "canary-" + "of-the-header"
_CHANNEL = "https://hooks.example.com/canary-" + "of-the-channel"
_PAGER = "canary-of-the-" + "pager" * 5

_COLLECTIONS = ("monitors", "monitor-groups", "alert-contacts", "integrations", "maintenance-windows", "psps")


def _token(kind: str) -> str:
    return f"uptimerobot:index:{kind}"


def _program(*, interval: int, days: Sequence[int], title: str, email: str, paused: bool) -> tuple[Declared, ...]:
    """Monitors of three types, whom they tell, when they rest, and where they are shown: all after their group."""
    named = {"name": {"$output": ["group", "name"]}}
    ours = {"groupId": {"$output": ["group", "id"]}}
    who = [
        {"alertContactId": {"$output": ["ops", "id"]}, "threshold": 2},
        {"alertContactId": {"$output": ["slack", "id"]}},
    ]
    health = {
        "type": "HTTP",
        "friendlyName": "engine & keeper <health>",
        "url": "https://api.example.com/api/health?a=1&b=2",
        "interval": interval,
        "httpUsername": "robot",
        "httpPassword": {"$secret": _PASSWORD},
        "customHttpHeaders": {"X-Key": {"$secret": _HEADER}},
        "checkSSLErrors": True,
        "tagNames": ["prod", "edge"],
        "assignedAlertContacts": who,
        **ours,
        "maintenanceWindowIds": [{"$output": ["nightly", "id"]}],
        "config": {"ipVersion": "ipv4Only"},
    }
    keyword = {
        "type": "KEYWORD",
        "friendlyName": "front page",
        "url": "https://example.com",
        "interval": 300,
        "keywordType": "ALERT_NOT_EXISTS",
        "keywordValue": "stories",
        "keywordCaseType": "CaseInsensitive",
        "isPaused": paused,
        **ours,
    }
    beat = {**ours, "type": "HEARTBEAT", "friendlyName": "backups", "interval": 86_400, "gracePeriod": 3600}
    window = {**named, "interval": "weekly", "date": "2026-01-04", "time": "04:00:00", "duration": 30}
    channel = {"friendlyName": named["name"]}
    shown = [{"$output": ["health", "id"]}, {"$output": ["front", "id"]}]
    return (
        Declared("group", _token("MonitorGroup"), {"name": "amoisekai"}),
        Declared("ops", _token("AlertContact"), {"friendlyName": named["name"], "value": email}),
        Declared("slack", _token("Integration"), {**channel, "type": "Slack", "value": {"$secret": _CHANNEL}}),
        Declared("pager", _token("Integration"), {**channel, "type": "PagerDuty", "key": {"$secret": _PAGER}}),
        Declared("nightly", _token("MaintenanceWindow"), {**window, "days": days}),
        Declared("health", _token("Monitor"), health),
        Declared("front", _token("Monitor"), keyword),
        Declared("beat", _token("Monitor"), beat),
        Declared("page", _token("StatusPage"), {"friendlyName": title, "monitorIds": shown}),
    )


class UptimeRobotSubject(Subject):
    """Monitors, whom they tell, when they rest, and where they are shown."""

    package = "uptimerobot"
    plugin = Path("providers/uptimerobot").resolve()
    tokens = frozenset(kind.token for kind in RESOURCES)
    resources = _program(interval=300, days=(7, 1), title="Status of A & B", email="ops@example.com", paused=False)
    changed = _program(interval=60, days=(7,), title="Status", email="duty@example.com", paused=True)
    updates = frozenset({"health", "front", "nightly", "page"})
    replaces = frozenset({"ops"})
    drift = {  # noqa: RUF012 - a ClassVar of the base
        "health": "tagNames[1]",
        "slack": "enableNotificationsFor",
        "nightly": "duration",
        "group": "name",
        "page": "noIndex",
    }
    lost = frozenset({"front", "beat"})
    canaries = (_KEY, _PASSWORD, _HEADER, _CHANNEL, _PAGER)

    def __init__(self) -> None:
        self.app = UptimeRobot(_KEY)
        self.client = Client(f"http://127.0.0.1{BASE}", _KEY, transport=Transport(self.app))

    @property
    def application(self) -> WSGIApplication:
        """The fake."""
        return self.app

    def configuration(self, url: str) -> Mapping[str, str]:
        """Where it is."""
        return {"endpoint": f"{url}{BASE}", "apiKey": _KEY}

    def things(self) -> Collection[str]:
        """Everything of every collection."""
        return [f"{name} {id_}" for name in _COLLECTIONS for id_ in self.app.store.document[name]]

    def requests(self) -> int:
        """All of them."""
        return self.app.total

    def meddle(self) -> None:
        """As a person in the dashboard: settings of each kind; two monitors go."""
        call = Call()
        self.client.update(call, Kind.MONITOR, self._id("monitors", "engine & keeper <health>"), {"tagNames": ["edge"]})
        changed = {"type": "Slack", "data": {"enableNotificationsFor": "Down"}}
        self.client.update(call, Kind.INTEGRATION, self._slack(), changed)
        self.client.update(call, Kind.WINDOW, self._id("maintenance-windows", "amoisekai"), {"duration": 600})
        self.client.update(call, Kind.GROUP, self._id("monitor-groups", "amoisekai"), {"name": "mine"})
        self.client.update(call, Kind.PAGE, self._id("psps", "Status of A & B"), {"noIndex": True})
        for name in ("front page", "backups"):
            self.client.delete(call, Kind.MONITOR, self._id("monitors", name))

    def mended(self) -> bool:
        """Whether each setting is as it was, and the monitors are there."""
        tables = self.app.store.document
        names = {record["friendlyName"] for record in tables["monitors"].values()}
        tags = [record["tags"] for record in tables["monitors"].values() if record["type"] == "HTTP"]
        return (
            {"front page", "backups"} < names
            and [2] == [len(row) for row in tags]
            and {"UpAndDown"}
            == {record["data"]["enableNotificationsFor"] for record in tables["integrations"].values()}
            and [30] == [record["duration"] for record in tables["maintenance-windows"].values()]
            and ["amoisekai"] == [record["name"] for record in tables["monitor-groups"].values()]
            and [False] == [record["noIndex"] for record in tables["psps"].values()]
        )

    def _slack(self) -> str:
        records: Mapping[str, Any] = self.app.store.document["integrations"]
        return next(id_ for id_, record in records.items() if record["type"] == "Slack")

    def _id(self, collection: str, name: str) -> str:
        """The thing that bears this name."""
        records: Mapping[str, Any] = self.app.store.document[collection]
        return next(id_ for id_, record in records.items() if name in {record.get("friendlyName"), record.get("name")})
