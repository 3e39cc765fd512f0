"""The fake does what the vendor is known to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sandbox.fake import Fault, Kind
from sandbox.fake.limits import Limit
from sandbox.uptimerobot.shapes_answers import ALWAYS, SOMETIMES
from tests.unit.sandbox.uptimerobot.account import HTTP

if TYPE_CHECKING:
    from tests.unit.sandbox.uptimerobot.account import Account

BEAT = {"type": "HEARTBEAT", "friendlyName": "backups", "interval": 3600, "gracePeriod": 60}
WINDOW = {"name": "nightly", "interval": "daily", "date": "2026-01-01", "time": "03:00:00", "duration": 10}
SLACK = {"type": "Slack", "data": {"webhookURL": "https://hooks.example.com/a", "customValue": ""}}


def test_names_and_addresses_are_escaped(account: Account) -> None:
    """For HTML, in every answer."""
    made = account.monitor()
    shown = account.ask("GET", f"monitors/{made['id']}")

    assert ("A &amp; B", "https://example.com/?a=1&amp;b=2") == (made["friendlyName"], shown["url"])


def test_sets_come_in_another_order(account: Account) -> None:
    """Tags of one monitor, asked for several times."""
    made = account.monitor(tagNames=["a", "b", "c", "d"])
    orders = {tuple(tag["name"] for tag in account.ask("GET", f"monitors/{made['id']}")["tags"]) for _ in range(10)}

    assert len(orders) > 1


@pytest.mark.parametrize(
    ("path", "body", "place"),
    [
        ("monitors", {"type": "HTTP", "friendlyName": "x", "interval": 300, "url": "https://a.b"}, "timeout"),
        ("monitors", {**BEAT, "url": "https://a.b"}, "url"),
        ("monitors", {**BEAT, "interval": "3600"}, "interval"),
        ("monitors", {**BEAT, "interval": 2_678_401}, "interval"),
        ("monitors", {**BEAT, "colour": "red"}, "colour"),
        ("monitors", {**BEAT, "type": "WEB"}, "type"),
        ("monitor-groups", {}, "name"),
        ("maintenance-windows", {**WINDOW, "duration": 0}, "duration"),
        ("maintenance-windows", {**WINDOW, "interval": "weekly"}, "days"),
        ("maintenance-windows", {**WINDOW, "interval": "weekly", "days": [8]}, "days"),
        ("maintenance-windows", {**WINDOW, "interval": "monthly", "days": [0]}, "days"),
        ("alert-contacts", {"type": "Email", "value": "nobody"}, "value"),
        ("integrations", {"type": "Slack", "data": {"webhookURL": "https://a.b"}}, "customValue"),
        ("psps", {"friendlyName": "x", "customSettings": {"page": {"theme": "dark"}}}, "customSettings.page.theme"),
    ],
)
def test_what_is_not_in_the_contract_is_refused(account: Account, path: str, body: object, place: str) -> None:
    """With 400, and where it is wrong; nothing is made."""
    assert place in account.ask("POST", path, body, 400)["message"]
    assert [] == account.ask("GET", path)["data"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("monitors", BEAT),
        ("monitors", HTTP),
        ("monitor-groups", {"name": "ours"}),
        ("maintenance-windows", WINDOW),
        ("alert-contacts", {"type": "Email", "value": "ops@example.com"}),
        ("integrations", SLACK),
        ("psps", {"friendlyName": "status"}),
    ],
)
def test_an_answer_has_the_fields_of_the_contract(account: Account, path: str, body: object) -> None:
    """All of them, and no other: to a create, in a listing and alone."""
    made = account.ask("POST", path, body, 201)
    answers = (made, account.ask("GET", path)["data"][0], account.ask("GET", f"{path}/{made['id']}"))

    assert [ALWAYS[path]] * 3 == [frozenset(answer) - SOMETIMES.get(path, frozenset()) for answer in answers]


def test_a_listing_has_pages(account: Account) -> None:
    """A page holds as many as are asked for, and a link to the next."""
    ids = [account.monitor(friendlyName=f"m{number}")["id"] for number in range(5)]
    first = account.ask("GET", "monitors?limit=2")
    second = account.http.get(first["nextLink"]).json()
    last = account.http.get(second["nextLink"]).json()

    assert ids == [item["id"] for page in (first, second, last) for item in page["data"]]
    assert last["nextLink"] is None


@pytest.mark.parametrize("query", ["limit=201", "limit=0", "limit=many", "cursor=next"])
def test_a_page_that_there_cannot_be(account: Account, query: str) -> None:
    """A listing has 1 to 200 on a page, and a cursor is a number."""
    assert account.ask("GET", f"monitors?{query}", status=400)["message"]


def test_a_listing_is_filtered_by_parts_of_names(account: Account) -> None:
    """In any case."""
    account.monitor(friendlyName="engine health")
    account.monitor(friendlyName="front page")

    assert ["engine health"] == [item["friendlyName"] for item in account.ask("GET", "monitors?name=ENGINE")["data"]]


def test_a_heartbeat_that_reports_is_up(account: Account) -> None:
    """STARTED until the first report, UP after it, DOWN when the next one is later than the grace allows."""
    made = account.ask("POST", "monitors", BEAT, 201)
    statuses = [made["status"], httpx.Client(transport=account.http._transport).get(made["url"]).json()["status"]]  # noqa: SLF001 - without the key
    for seconds in (3600, 61):
        account.clock.now += seconds
        statuses.append(account.ask("GET", f"monitors/{made['id']}")["status"])

    assert ["STARTED", "UP", "UP", "DOWN"] == statuses


@pytest.mark.parametrize("key", ["m1-0", "", "ä"])
def test_a_heartbeat_that_nobody_waits_for(account: Account, key: str) -> None:
    """Is not found."""
    account.ask("POST", "monitors", BEAT, 201)
    answer = account.http.get(f"http://127.0.0.1/heartbeat/{key}")

    assert 404 == answer.status_code


def test_a_pause_and_its_end(account: Account) -> None:
    """Requests of their own."""
    made = account.monitor()
    statuses = [account.ask("POST", f"monitors/{made['id']}/{verb}", {}, 201)["status"] for verb in ("pause", "start")]

    assert ["PAUSED", "STARTED"] == statuses


def test_config_is_merged(account: Account) -> None:
    """Key by key; null takes one away, null for all takes all away."""
    made = account.monitor(config={"ipVersion": "ipv4Only", "applicationErrorRetries": 1})
    path = f"monitors/{made['id']}"
    shown = [
        account.ask("PATCH", path, {"config": config})["config"]
        for config in ({"applicationErrorRetries": 2}, {"ipVersion": None}, None)
    ]

    assert [{"ipVersion": "ipv4Only", "applicationErrorRetries": 2}, {"applicationErrorRetries": 2}, None] == shown


@pytest.mark.parametrize(
    "change",
    [
        {"type": "PING"},
        {"config": {"colour": "red"}},
        {"config": {"applicationErrorRetries": 4}},
        {"config": {"apiAssertions": {"logic": "AND", "checks": []}}},
    ],
)
def test_an_update_keeps_to_its_type(account: Account, change: object) -> None:
    """A monitor's type is for life, and its config is the type's."""
    made = account.monitor()
    assert account.ask("PATCH", f"monitors/{made['id']}", change, 400)["message"]


def test_a_threshold_is_that_of_each_region(account: Account) -> None:
    """And is given back as 0."""
    made = account.monitor(responseTimeThreshold=500, regionData={"REGION": ["eu", "as"], "MANUAL_SELECTED": True})

    assert (0, {"eu": 500, "as": 500}) == (made["responseTimeThreshold"], made["regionalData"]["THRESHOLD"])


def test_a_window_is_seen_from_both_sides(account: Account) -> None:
    """Whoever names the other."""
    window = account.ask("POST", "maintenance-windows", WINDOW, 201)
    made = account.monitor(maintenanceWindowsIds=[window["id"]])

    assert [window["id"]] == [item["id"] for item in made["maintenanceWindows"]]
    assert [made["id"]] == account.ask("GET", f"maintenance-windows/{window['id']}")["monitorIds"]


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("monitors", HTTP, "friendlyName"),
        ("monitor-groups", {"name": "ours"}, "name"),
        ("maintenance-windows", WINDOW, "days"),
        ("psps", {"friendlyName": "status"}, "monitorIds"),
    ],
)
def test_null_clears_nothing_that_must_be(account: Account, path: str, body: object, field: str) -> None:
    """An update that takes a name away is refused, and the name is still there."""
    made = account.ask("POST", path, body, 201)
    account.ask("PATCH", f"{path}/{made['id']}", {field: None}, 400)

    assert [made[field]] == [item[field] for item in account.ask("GET", path)["data"]]


def test_what_is_named_must_be_there(account: Account) -> None:
    """A contact, a group, a window: 404, and nothing is made."""
    for field in (
        {"assignedAlertContacts": [{"alertContactId": 1, "threshold": 0, "recurrence": 0}]},
        {"groupId": 1},
        {"maintenanceWindowsIds": [1]},
    ):
        fields: dict[str, Any] = {"type": "PING", "friendlyName": "x", "interval": 60, "url": "a.b", "timeout": 1}
        account.ask("POST", "monitors", {**fields, **field}, 404)
    account.ask("POST", "monitor-groups", {"name": "ours", "monitorIds": [1]}, 404)

    assert [] == account.ask("GET", "monitors")["data"]


def test_what_goes_goes_everywhere(account: Account) -> None:
    """From the monitors that tell it, from the pages and windows that show it, from the group."""
    channel = account.ask("POST", "integrations", SLACK, 201)
    group = account.ask("POST", "monitor-groups", {"name": "ours"}, 201)
    told = [{"alertContactId": channel["id"], "threshold": 0, "recurrence": 0}]
    made = account.monitor(assignedAlertContacts=told, groupId=group["id"])
    page = account.ask("POST", "psps", {"friendlyName": "status", "monitorIds": [made["id"]]}, 201)
    account.ask("DELETE", f"integrations/{channel['id']}")
    account.ask("DELETE", f"monitor-groups/{group['id']}")
    left = account.ask("GET", f"monitors/{made['id']}")
    account.ask("DELETE", f"monitors/{made['id']}")

    assert ([], 0) == (left["assignedAlertContacts"], left["groupId"])
    assert [] == account.ask("GET", f"psps/{page['id']}")["monitorIds"]


def test_an_integration_with_the_same_address_is_refused(account: Account) -> None:
    """409, as the vendor says."""
    account.ask("POST", "integrations", SLACK, 201)

    assert "Integration already exists" == account.ask("POST", "integrations", SLACK, 409)["message"]


def test_tags_are_made_by_naming_them(account: Account) -> None:
    """They can be listed and deleted, and go from the monitors then."""
    made = account.monitor(tagNames=["prod"])
    tag = account.ask("GET", "tags")["data"][0]
    account.ask("DELETE", f"tags/{tag['id']}")

    assert ("prod", []) == (tag["name"], account.ask("GET", f"monitors/{made['id']}")["tags"])


def test_a_create_can_persist_and_say_not_found(account: Account) -> None:
    """As many as are asked for."""
    account.http.put("http://127.0.0.1/_sandbox/persisted", json={"times": 1})
    refused = account.ask(
        "POST", "monitors", {"type": "PING", "friendlyName": "x", "interval": 60, "url": "a.b", "timeout": 1}, 404
    )

    assert ("000-004", 1) == (refused["code"], len(account.ask("GET", "monitors")["data"]))


def test_a_lagging_read_shows_what_was(account: Account) -> None:
    """Before the create, nothing."""
    account.clock.now += 100
    made = account.monitor()
    account.clock.now += 1
    account.app.faults.add(Fault(r"GET /monitors/\{id\}", Kind.LAG, seconds=5))
    account.ask("GET", f"monitors/{made['id']}", status=404)

    assert made["id"] == account.ask("GET", f"monitors/{made['id']}")["id"]


def test_the_free_plans_limit(account: Account) -> None:
    """Ten a minute: the eleventh is told when to come again."""
    account.app.limit = Limit(10, 60.0)
    answers = [account.http.get("monitors") for _ in range(11)]

    assert ([200] * 10 + [429], "60") == (
        [answer.status_code for answer in answers],
        answers[-1].headers["Retry-After"],
    )
    assert "0" == answers[9].headers["X-RateLimit-Remaining"]


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "users"), ("PUT", "monitors"), ("POST", "tags"), ("GET", "psps/1")]
)
def test_what_there_is_not(account: Account, method: str, path: str) -> None:
    """Paths, methods and ids."""
    assert account.ask(method, path, {}, 404)["message"]
