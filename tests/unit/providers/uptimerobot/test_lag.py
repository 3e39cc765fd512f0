"""The API is eventually consistent: a lag is waited out, no drift is made of it, and nothing is made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from providers.kit import Incomplete, ProviderError
from providers.uptimerobot.resources.thing import Thing
from sandbox.fake.faults import Kind
from tests.unit.providers.uptimerobot.kinds import integration
from tests.unit.providers.uptimerobot.world import HTTP

if TYPE_CHECKING:
    from collections.abc import Hashable

    from providers.kit import Call
    from providers.uptimerobot.client import Kind as Collection
    from providers.uptimerobot.listing import Item
    from tests.unit.providers.uptimerobot.world import World

READS = r"GET /monitors(/\{id\})?"


def test_a_new_monitor_that_is_not_shown_yet_is_not_gone(world: World) -> None:
    """A refresh right after the create looks again until it shows."""
    made = world.create("Monitor", **HTTP)
    world.restart()
    world.fault(READS, Kind.LAG, times=2, seconds=20)

    assert world.read(made) is not None


def test_a_change_that_is_not_shown_yet_is_no_drift(world: World) -> None:
    """A refresh right after an update does not report what was before it."""
    made = world.create("Monitor", **HTTP)
    world.later()
    made = world.update(made, interval=600)
    world.clock.seconds += 2
    world.restart()
    world.fault(READS, Kind.LAG, times=2, seconds=5)
    read = world.read(made)

    assert read is not None
    assert 600 == read.inputs["interval"]


def test_a_drift_is_believed_when_the_last_write_is_old(world: World) -> None:
    """Long after our last write one listing, and one look at the thing itself, are enough."""
    made = world.create("Monitor", **HTTP)
    world.later()
    world.table("monitors")[0]["interval"] = 900
    world.app.store.save(world.clock())
    world.counted()
    read = world.read(made)

    assert read is not None
    assert (900, {"GET /monitors": 1, "GET /monitors/{id}": 1}) == (read.inputs["interval"], world.counted())


def test_what_the_server_decides_is_no_lag(world: World) -> None:
    """A monitor that names a window changes what the window shows: nobody waits for that to go away."""
    window = {"name": "nightly", "interval": "daily", "date": "2026-01-01", "time": "03:00:00", "duration": 10}
    made = world.create("MaintenanceWindow", "window", **window)
    world.create("Monitor", **{**HTTP, "maintenanceWindowIds": [made.id]})
    world.restart()
    world.counted()
    world.read(made)

    assert {"GET /maintenance-windows": 1} == world.counted()


def test_a_drift_right_after_a_write_is_found_too(world: World) -> None:
    """What stays different for as long as a lag takes is a drift."""
    made = world.create("Monitor", **HTTP)
    world.restart()
    world.table("monitors")[0]["interval"] = 900
    world.app.store.save(world.clock())
    read = world.read(made)

    assert read is not None
    assert 900 == read.inputs["interval"]


def test_a_new_monitor_that_was_deleted_is_gone(world: World) -> None:
    """What stays away for as long as a lag takes is gone."""
    made = world.create("Monitor", **HTTP)
    world.restart()
    world.app.store.document["monitors"].clear()
    world.app.store.save(world.clock())

    assert world.read(made) is None


def test_a_refresh_gives_the_lag_its_time_and_no_more(world: World) -> None:
    """The waiting for a drift ends with the lag's limit after the last write."""
    made = world.create("Monitor", **HTTP)
    world.restart()
    world.table("monitors")[0]["interval"] = 900
    begun = world.clock()
    world.read(made)

    assert 10 <= world.clock() - begun <= 14


def test_a_delete_waits_until_it_is_listed_no_more(world: World) -> None:
    """So that the next run does not adopt a ghost."""
    made = world.create("Monitor", **HTTP)
    world.later()
    world.fault("GET /monitors", Kind.LAG, times=3, seconds=5)
    begun = world.clock()
    world.delete(made)

    assert 3.0 <= world.clock() - begun <= 14


def test_a_name_that_this_process_deleted_can_be_made_at_once(world: World) -> None:
    """A listing that still shows the deleted one is not believed over our own delete."""
    made = world.create("Monitor", **HTTP)
    world.later()
    world.client.known(world.call(), world.handler("Monitor").collection)  # type: ignore[attr-defined]  # it is a Thing
    world.fault("GET /monitors", Kind.LAG, times=50, seconds=25)
    world.delete(made)

    assert made.id != world.create("Monitor", **HTTP).id


def test_a_create_that_said_not_found_and_persisted_is_adopted(world: World) -> None:
    """The vendor's "Monitor not found" to a create that did persist leaves one monitor, ours."""
    world.app.admin("persisted", {"times": 1})
    made = world.create("Monitor", **HTTP)

    assert [int(made.id)] == [record["id"] for record in world.table("monitors")]


def test_a_create_whose_answer_is_lost_is_adopted_when_it_shows(world: World) -> None:
    """Even when the listing lags: one monitor, and it is in the state."""
    world.fault("POST /monitors", Kind.LOST)
    world.fault("GET /monitors", Kind.LAG, times=1, seconds=0)
    world.fault("GET /monitors", Kind.LAG, times=3, seconds=20)
    begun = world.clock()
    made = world.create("Monitor", **HTTP)

    assert [int(made.id)] == [record["id"] for record in world.table("monitors")]
    assert 15 > world.clock() - begun


def test_a_create_that_was_not_carried_out_is_made_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 500 to a create that did nothing: it is looked for, then made."""
    monkeypatch.setattr(Thing, "settle_seconds", 0.1)
    world.fault("POST /monitors", Kind.ERROR)
    world.create("Monitor", **HTTP)

    assert 1 == len(world.table("monitors"))


def test_a_create_that_takes_the_defaults_first_is_told_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some creates do not take all that is asked for: an update says it again, and the resource is as it should be."""
    create = world.client.create

    def forgetful(call: Call, collection: Collection, body: dict[str, Any], key: Hashable) -> Item:
        return create(call, collection, {**body, "data": {**body["data"], "enableNotificationsFor": "UpAndDown"}}, key)

    monkeypatch.setattr(world.client, "create", forgetful)
    made = world.create("Integration", **integration("Slack"))
    world.later()
    read = world.read(made)

    assert read is not None
    assert ("Down", 1) == (read.inputs["enableNotificationsFor"], len(world.table("integrations")))


def test_a_pause_that_fails_leaves_the_monitor_in_the_state(world: World) -> None:
    """The create is recorded, and the next update goes on from there."""
    world.fault(r"POST /monitors/\{id\}/pause", Kind.ERROR, times=50, status=400)

    with pytest.raises(Incomplete) as caught:
        world.create("Monitor", **{**HTTP, "isPaused": True})

    assert (str(world.table("monitors")[0]["id"]), False) == (caught.value.id, (caught.value.inputs or {})["isPaused"])


def test_a_refusal_says_what_the_vendor_said(world: World) -> None:
    """A contact that does not exist is named; the key is not."""
    with pytest.raises(ProviderError, match="Alert contact 5 not found"):
        world.create("Monitor", **{**HTTP, "assignedAlertContacts": [{"alertContactId": "5"}]})
