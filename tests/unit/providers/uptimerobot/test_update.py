"""Updates send what differs and no more; what the program no longer gives is cleared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.providers.uptimerobot.kinds import monitor
from tests.unit.providers.uptimerobot.world import HEARTBEAT, HTTP

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from tests.unit.providers.uptimerobot.world import World


@pytest.fixture
def sent(world: World, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """Every write that reaches the API: operation and body."""
    found: list[tuple[str, Any]] = []
    handle = world.app.handle

    def listening(request: Request) -> Response:
        if request.method != "GET":
            found.append((world.app.operations(request)[0], json.loads(request.get_data() or b"null")))
        return handle(request)

    monkeypatch.setattr(world.app, "handle", listening)
    return found


def test_one_change_is_one_field(world: World, sent: list[tuple[str, Any]]) -> None:
    """An update sends the field that differs, not the monitor."""
    made = world.create("Monitor", **HTTP)
    sent.clear()
    world.update(made, interval=600)

    assert [("PATCH /monitors/{id}", {"interval": 600})] == sent


def test_a_pause_is_no_update(world: World, sent: list[tuple[str, Any]]) -> None:
    """To pause and to start are requests of their own."""
    made = world.create("Monitor", **HTTP)
    sent.clear()
    paused = world.update(made, isPaused=True)
    world.update(paused, isPaused=False)

    assert ["POST /monitors/{id}/pause", "POST /monitors/{id}/start"] == [operation for operation, _ in sent]


def test_a_part_of_config_that_goes_is_set_to_null(world: World, sent: list[tuple[str, Any]]) -> None:
    """The API merges config key by key."""
    made = world.create("Monitor", **{**HTTP, "config": {"ipVersion": "ipv4Only", "applicationErrorRetries": 1}})
    sent.clear()
    world.update(made, config={"applicationErrorRetries": 2})

    assert [{"config": {"ipVersion": None, "applicationErrorRetries": 2}}] == [body for _, body in sent]


def test_the_case_of_a_keyword_is_a_word_at_first_and_a_number_later(world: World, sent: list[tuple[str, Any]]) -> None:
    """The contract's own spelling of creates and updates."""
    made = world.create("Monitor", **monitor("KEYWORD"))
    world.update(made, keywordCaseType="CaseSensitive")
    cases = [body["keywordCaseType"] for _, body in sent if "keywordCaseType" in (body or {})]

    assert ["CaseInsensitive", 0] == cases


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("httpUsername", "robot", ("httpUsername", "")),
        ("responseTimeThreshold", 3000, ("regions", {"REGION": ["na"], "MANUAL_SELECTED": False, "THRESHOLD": {}})),
        ("customFields", {"a": "b"}, ("customFields", {})),
        ("customHttpHeaders", {"a": "b"}, ("customHttpHeaders", {})),
        ("tagNames", ["a"], ("tags", [])),
        ("config", {"ipVersion": "ipv4Only"}, ("config", None)),
    ],
)
def test_what_is_no_longer_given_is_cleared(world: World, field: str, value: object, kept: tuple[str, object]) -> None:
    """As if it had never been given, and the next diff is empty."""
    made = world.create("Monitor", **{**HTTP, field: value})
    updated = world.update(made, **{field: None})

    assert (kept[1], ()) == (world.table("monitors")[0][kept[0]], world.diff(updated).changes)


def test_a_group_that_is_no_longer_given_is_the_default_one(world: World) -> None:
    """The API's 0."""
    group = world.create("MonitorGroup", "group", name="ours")
    made = world.create("Monitor", **{**HTTP, "groupId": group.id})
    world.update(made, groupId=None)

    assert 0 == world.table("monitors")[0]["groupId"]


def test_windows_that_others_gave_are_left_alone(world: World) -> None:
    """A monitor that names no windows keeps those that name it, and a refresh finds nothing."""
    made = world.create("Monitor", **HTTP)
    window = {"name": "nightly", "interval": "daily", "date": "2026-01-01", "time": "03:00:00", "duration": 10}
    world.create("MaintenanceWindow", "window", **window, monitorIds=[made.id])
    made = world.update(made, interval=600)
    world.later()
    read = world.read(made)

    assert read is not None
    assert ([int(made.id)], ()) == (
        world.table("maintenance-windows")[0]["monitorIds"],
        world.differs(read, made),
    )


def test_another_type_is_another_monitor(world: World) -> None:
    """The type is for life; the old one goes first, as both have one name."""
    made = world.create("Monitor", **{**HTTP, "httpMethodType": "GET"})
    diff = world.diff(
        made, type="API", config={"apiAssertions": {"checks": [{"property": "$", "comparison": "is_null"}]}}
    )

    assert (True, True) == (diff.replaces, diff.delete_before_replace)


def test_a_heartbeats_address_is_its_secret(world: World) -> None:
    """The address is an output, secret, and stays when the monitor changes."""
    made = world.create("Monitor", **HEARTBEAT)
    updated = world.update(made, interval=3600)

    assert "/heartbeat/m" in made.out["heartbeatUrl"]
    assert made.out["heartbeatUrl"] == updated.out["heartbeatUrl"]
    assert ("heartbeatUrl",) in world.handler("Monitor").secret_patterns


def test_one_threshold_for_all_is_that_of_each_region(world: World) -> None:
    """The API keeps `responseTimeThreshold` as one threshold for each region, and never gives it back."""
    made = world.create("Monitor", **{**HTTP, "responseTimeThreshold": 3000, "regionData": {"regions": ["na", "eu"]}})
    world.later()
    read = world.read(made)

    assert read is not None
    assert {"na": 3000, "eu": 3000} == world.table("monitors")[0]["regions"]["THRESHOLD"]
    assert () == world.differs(read, made)


def test_thresholds_of_regions_stay_those_of_regions(world: World) -> None:
    """What the program says by region is compared by region, also where all are the same."""
    regions = {"regions": ["na", "eu"], "thresholds": {"na": 1000, "eu": 1000}}
    made = world.create("Monitor", **{**HTTP, "regionData": regions})
    world.later()
    read = world.read(made)

    assert read is not None
    assert () == world.differs(read, made)
