"""What a monitor's type asks for, and what it refuses: with the path, before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import UNKNOWN
from tests.unit.providers.uptimerobot.kinds import INTEGRATIONS, MONITORS, integration, monitor
from tests.unit.providers.uptimerobot.world import HEARTBEAT, HTTP

if TYPE_CHECKING:
    from tests.unit.providers.uptimerobot.world import World

CHECK = {"property": "$.a", "comparison": "is_null"}


def _api(*checks: dict[str, Any]) -> dict[str, Any]:
    return {**monitor("API"), "config": {"apiAssertions": {"checks": list(checks)}}}


WRONG: list[tuple[str, dict[str, Any], tuple[str | int, ...], str]] = [
    ("a type that is none", {**HTTP, "type": "WEB"}, ("type",), "Input should be 'HTTP'"),
    ("no address", {**HTTP, "url": None}, ("url",), "a HTTP monitor needs it"),
    ("a bare host", {**HTTP, "url": "example.com"}, ("url",), "begins with https:// or http://"),
    ("a ping with a scheme", {**monitor("PING"), "url": "https://example.com"}, ("url",), "host name or address alone"),
    ("an interval too short", {**HTTP, "interval": 29}, ("interval",), "greater than or equal to 30"),
    ("a time-out too long", {**HTTP, "timeout": 61}, ("timeout",), "less than or equal to 60"),
    ("a grace period of a web monitor", {**HTTP, "gracePeriod": 5}, ("gracePeriod",), "only for HEARTBEAT"),
    ("a heartbeat's address", {**HEARTBEAT, "url": "https://a.b"}, ("url",), "only for"),
    ("a heartbeat's time-out", {**HEARTBEAT, "timeout": 5}, ("timeout",), "only for"),
    ("a heartbeat without grace", {**HEARTBEAT, "gracePeriod": None}, ("gracePeriod",), "needs it"),
    ("a heartbeat's interval", {**HEARTBEAT, "interval": 2_678_401}, ("interval",), "at most 2678400"),
    ("no keyword", {**monitor("KEYWORD"), "keywordValue": None}, ("keywordValue",), "needs it"),
    ("no keyword type", {**monitor("KEYWORD"), "keywordType": None}, ("keywordType",), "needs it"),
    ("no keyword case", {**monitor("KEYWORD"), "keywordCaseType": None}, ("keywordCaseType",), "needs it"),
    ("a keyword with space", {**monitor("KEYWORD"), "keywordValue": " ok"}, ("keywordValue",), "no space"),
    ("another's keyword", {**HTTP, "keywordValue": "ok"}, ("keywordValue",), "only for KEYWORD"),
    ("no port", {**monitor("PORT"), "port": None}, ("port",), "needs it"),
    ("another's port", {**HTTP, "port": 80}, ("port",), "only for PORT, UDP"),
    ("port 0", {**monitor("PORT"), "port": 0}, ("port",), "greater than or equal to 1"),
    ("HEAD of an API", {**monitor("API"), "httpMethodType": "HEAD"}, ("httpMethodType",), "not HEAD"),
    ("a GET's body", {**monitor("HTTP"), "httpMethodType": "GET"}, ("postValueData",), "sends no body"),
    ("a body that is no JSON", {**monitor("HTTP"), "postValueData": "{"}, ("postValueData",), "is no JSON"),
    ("a header twice", {**HTTP, "customHttpHeaders": {"A": "1", "a": "2"}}, ("customHttpHeaders",), "but case"),
    ("a tag in capitals", {**HTTP, "tagNames": ["ok", "Prod"]}, ("tagNames", 0), "should match pattern"),
    ("21 custom fields", {**HTTP, "customFields": {f"f{n}": "" for n in range(21)}}, ("customFields",), "at most 20"),
    ("a code that is none", {**HTTP, "successHttpResponseCodes": ["20x"]}, ("successHttpResponseCodes", 0), "pattern"),
    (
        "a contact twice",
        {**HTTP, "assignedAlertContacts": [{"alertContactId": "1"}, {"alertContactId": "1"}]},
        ("assignedAlertContacts",),
        "twice",
    ),
    (
        "a contact that is no id",
        {**HTTP, "assignedAlertContacts": [{"alertContactId": "ops"}]},
        ("assignedAlertContacts", 0, "alertContactId"),
        "pattern",
    ),
    (
        "a certificate of http",
        {**HTTP, "url": "http://example.com", "checkSSLErrors": True},
        ("checkSSLErrors",),
        "https://",
    ),
    (
        "11 reminders",
        {**HTTP, "config": {"sslExpirationPeriodDays": list(range(11))}},
        ("config", "sslExpirationPeriodDays"),
        "at most 10",
    ),
    ("no assertion", _api(), ("config", "apiAssertions", "checks"), "at least 1"),
    ("6 assertions", _api(*[CHECK] * 6), ("config", "apiAssertions", "checks"), "at most 5"),
    (
        "a path that is none",
        _api({**CHECK, "property": "a"}),
        ("config", "apiAssertions", "checks", 0, "property"),
        "pattern",
    ),
    (
        "no target",
        _api({"property": "$.a", "comparison": "less_than", "target": "1"}),
        ("config", "apiAssertions", "checks", 0),
        "takes a number",
    ),
    ("an API without assertions", {**monitor("API"), "config": None}, ("config",), "needs apiAssertions"),
    ("a UDP without udp", {**monitor("UDP"), "config": None}, ("config",), "needs udp"),
    ("another's config", {**HTTP, "config": {"udp": {"packetLossThreshold": 1}}}, ("config",), "only for UDP"),
    ("a region that is none", {**HTTP, "regionData": {"regions": ["mars"]}}, ("regionData", "regions", 0), "'na'"),
]


@pytest.mark.parametrize(("inputs", "path", "reason"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_a_monitor_may_not_be(
    world: World, inputs: dict[str, Any], path: tuple[str | int, ...], reason: str
) -> None:
    """A failure stands at the path of what is wrong, and says what would be right."""
    found = world.failures("Monitor", **inputs)

    assert [path] == [at for at, _ in found]
    assert reason in found[0][1]


@pytest.mark.parametrize("type_", MONITORS)
def test_each_type_takes_all_that_it_can_have(world: World, type_: str) -> None:
    """The fullest monitor of each type is acceptable."""
    assert [] == world.failures("Monitor", **monitor(type_))


@pytest.mark.parametrize("type_", INTEGRATIONS)
def test_an_integration_has_an_address_or_a_key(world: World, type_: str) -> None:
    """Which of them its type has; Telegram has neither, its chat is the custom value."""
    asked = integration(type_)
    keyed = "value" not in asked
    wrong = {**asked, "value": "x" if keyed else None}

    assert ([], [("value",)]) == (
        world.failures("Integration", **asked),
        [path for path, _ in world.failures("Integration", **wrong)],
    )


def test_what_is_not_known_yet_is_no_mistake(world: World) -> None:
    """In a preview an address, a contact or even a type may be unknown, and the defaults are there all the same."""
    unknown = {**HTTP, "url": UNKNOWN, "assignedAlertContacts": [{"alertContactId": UNKNOWN}]}

    assert [] == world.failures("Monitor", **{**HTTP, "type": UNKNOWN})
    assert (30, "HEAD") == tuple(world.checked("Monitor", **unknown)[name] for name in ("timeout", "httpMethodType"))


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"interval": "weekly", "days": []}, ("days",)),
        ({"interval": "weekly", "days": [8]}, ("days",)),
        ({"interval": "monthly", "days": [0]}, ("days",)),
        ({"interval": "daily", "days": [1]}, ("days",)),
        ({"interval": "once", "date": "01.02.2026"}, ("date",)),
        ({"interval": "once", "time": "3:00"}, ("time",)),
        ({"interval": "once", "autoAddMonitors": True, "monitorIds": ["1"]}, ("monitorIds",)),
    ],
)
def test_what_a_window_may_not_be(world: World, inputs: dict[str, Any], path: tuple[str, ...]) -> None:
    """Days follow the interval, moments have one form, and all monitors leave none to name."""
    base = {"name": "nightly", "date": "2026-01-01", "time": "03:00:00", "duration": 10}

    assert [path] == [at for at, _ in world.failures("MaintenanceWindow", **{**base, **inputs})]


@pytest.mark.parametrize(
    ("inputs", "path"),
    [
        ({"gaCode": "G-ABCDEFGHIJ"}, ("gaCode",)),
        ({"showCookieBar": True}, ("showCookieBar",)),
        ({"autoAddMonitors": True, "monitorIds": ["1"]}, ("monitorIds",)),
        ({"customSettings": {"colors": {"main": "red"}}}, ("customSettings", "colors", "main")),
    ],
)
def test_what_a_page_may_not_be(world: World, inputs: dict[str, Any], path: tuple[str, ...]) -> None:
    """Some features are for a domain of one's own, colours have one form, and all monitors leave none to name."""
    assert [path] == [at for at, _ in world.failures("StatusPage", **{"friendlyName": "Status", **inputs})]
