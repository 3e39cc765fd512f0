"""Whatever is changed behind our back, a refresh finds it, and the next update puts it right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import render
from tests.unit.providers.uptimerobot import kinds
from tests.unit.providers.uptimerobot.world import HTTP

if TYPE_CHECKING:
    from tests.unit.providers.uptimerobot.world import World

KEYWORD = kinds.monitor("KEYWORD")
REGIONS = {"REGION": ["na"], "MANUAL_SELECTED": False, "THRESHOLD": {"na": 5}}

#: Kind and inputs; collection, field and value of what somebody does; the input that shows it.
CHANGED: list[tuple[str, dict[str, Any], str, str, Any, str]] = [
    ("Monitor", HTTP, "monitors", "friendlyName", "another", "friendlyName"),
    ("Monitor", HTTP, "monitors", "url", "https://example.org", "url"),
    ("Monitor", HTTP, "monitors", "interval", 60, "interval"),
    ("Monitor", HTTP, "monitors", "timeout", 10, "timeout"),
    ("Monitor", HTTP, "monitors", "httpMethodType", "GET", "httpMethodType"),
    ("Monitor", HTTP, "monitors", "authType", "NONE", "authType"),
    ("Monitor", HTTP, "monitors", "httpUsername", "mallory", "httpUsername"),
    ("Monitor", HTTP, "monitors", "customHttpHeaders", {"x": "y"}, "customHttpHeaders.x"),
    ("Monitor", HTTP, "monitors", "successHttpResponseCodes", ["2xx", "3xx", "5xx"], "successHttpResponseCodes[2]"),
    ("Monitor", HTTP, "monitors", "followRedirections", True, "followRedirections"),
    ("Monitor", HTTP, "monitors", "checkSSLErrors", True, "checkSSLErrors"),
    ("Monitor", HTTP, "monitors", "sslExpirationReminder", True, "sslExpirationReminder"),
    ("Monitor", HTTP, "monitors", "domainExpirationReminder", True, "domainExpirationReminder"),
    ("Monitor", HTTP, "monitors", "customFields", {"x": "y"}, "customFields.x"),
    ("Monitor", HTTP, "monitors", "regions", REGIONS, "responseTimeThreshold"),
    ("Monitor", HTTP, "monitors", "config", {"ipVersion": "ipv6Only"}, "config"),
    ("Monitor", HTTP, "monitors", "status", "PAUSED", "isPaused"),
    ("Monitor", KEYWORD, "monitors", "keywordType", "ALERT_EXISTS", "keywordType"),
    ("Monitor", KEYWORD, "monitors", "keywordValue", "no", "keywordValue"),
    ("Monitor", KEYWORD, "monitors", "keywordCaseType", 0, "keywordCaseType"),
    ("Monitor", kinds.monitor("PORT"), "monitors", "port", 23, "port"),
    ("Monitor", kinds.monitor("HEARTBEAT"), "monitors", "gracePeriod", 0, "gracePeriod"),
    ("MonitorGroup", kinds.GROUP, "monitor-groups", "name", "another", "name"),
    ("AlertContact", kinds.CONTACT, "alert-contacts", "enableNotificationsFor", 2, "enableNotificationsFor"),
    ("AlertContact", kinds.CONTACT, "alert-contacts", "status", "Active", "isActive"),
    ("MaintenanceWindow", kinds.WINDOW, "maintenance-windows", "days", [2, 7], "days[0]"),
    ("MaintenanceWindow", kinds.WINDOW, "maintenance-windows", "status", "active", "status"),
    ("Integration", kinds.integration("Slack"), "integrations", "data", {"webhookURL": "https://x.example"}, "value"),
    ("StatusPage", kinds.PAGE, "psps", "noIndex", True, "noIndex"),
    ("StatusPage", kinds.PAGE, "psps", "status", "PAUSED", "status"),
    ("StatusPage", kinds.PAGE, "psps", "every", False, "autoAddMonitors"),
]


@pytest.mark.parametrize(
    ("kind", "inputs", "collection", "field", "value", "shown"), CHANGED, ids=[f"{row[0]} {row[3]}" for row in CHANGED]
)
def test_a_change_behind_our_back_is_found_and_put_right(  # noqa: PLR0913, PLR0917 - a row of the table
    world: World,
    kind: str,
    inputs: dict[str, Any],
    collection: str,
    field: str,
    value: Any,  # noqa: ANN401 - a row of the table
    shown: str,
) -> None:
    """The refresh shows it at its path; after the update nothing differs any more."""
    made = world.create(kind, **inputs)
    world.later()
    record = world.table(collection)[0]
    record[field] = {**record[field], **value} if field == "data" else value
    world.app.store.save(world.clock())
    read = world.read(made)
    assert read is not None
    changes = world.differs(read, made)
    updated = world.update(read, **{**dict.fromkeys(read.inputs), **made.inputs})
    world.later()
    again = world.read(updated)
    assert again is not None

    assert [shown] == [render(change.path) for change in changes]
    assert () == world.differs(again, made)


def test_one_that_got_another_id_is_found_by_its_key(world: World) -> None:
    """Somebody deleted it and made it again: it is the same to the program, under its new id."""
    made = world.create("Monitor", **HTTP)
    world.later()
    monitors = world.app.store.document["monitors"]
    record = monitors.pop(made.id)
    monitors["900000009"] = {**record, "id": 900000009}
    world.app.store.save(world.clock())
    read = world.read(made)

    assert read is not None
    assert ("900000009", ()) == (read.id, world.differs(read, made))


def test_one_that_was_made_by_hand_and_differs_is_not_taken(world: World) -> None:
    """A create that finds its name in use by something else says where it differs and how to import it."""
    world.create("Monitor", **{**HTTP, "interval": 60})
    world.later()

    with pytest.raises(Exception, match=r"differs in: interval(?s:.*)pulumi import uptimerobot:index:Monitor it 8000"):
        world.create("Monitor", **HTTP)
