"""Over generated monitors: up, then up again is empty, however the API spells and orders its answers."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.providers.uptimerobot.world import World

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20)
IDS = st.integers(1, 3).map(str)
CONTACTS = st.lists(
    st.fixed_dictionaries({"alertContactId": IDS}, optional={"threshold": st.integers(0, 9)}),
    unique_by=lambda contact: str(contact["alertContactId"]),
)
WEB = {
    "timeout": st.integers(1, 60),
    "httpMethodType": st.sampled_from(["HEAD", "GET", "POST"]),
    "authType": st.sampled_from(["NONE", "HTTP_BASIC", "DIGEST", "BEARER"]),
    "httpUsername": TEXT,
    "customHttpHeaders": st.dictionaries(st.sampled_from(["X-A", "x-b", "Accept"]), TEXT),
    "successHttpResponseCodes": st.lists(st.sampled_from(["2xx", "3xx", "401", "503"]), unique=True, min_size=1),
    "followRedirections": st.booleans(),
    "checkSSLErrors": st.booleans(),
    "sslExpirationReminder": st.booleans(),
    "assignedAlertContacts": CONTACTS,
    "tagNames": st.lists(st.sampled_from(["a", "b", "c", "d-e"]), unique=True),
    "customFields": st.dictionaries(st.sampled_from(["a", "b_c"]), TEXT, max_size=2),
    "responseTimeThreshold": st.integers(1, 60_000),
    "regionData": st.fixed_dictionaries(
        {"regions": st.lists(st.sampled_from(["na", "eu", "as", "oc"]), unique=True, min_size=1)},
        optional={"autoSelect": st.booleans()},
    ),
    "config": st.fixed_dictionaries(
        {},
        optional={
            "sslExpirationPeriodDays": st.lists(st.integers(0, 365), unique=True, max_size=10),
            "ipVersion": st.sampled_from(["ipv4Only", "ipv6Only"]),
            "applicationErrorRetries": st.integers(0, 3),
        },
    ),
    "isPaused": st.booleans(),
}
MONITORS = st.fixed_dictionaries(
    {
        "type": st.just("HTTP"),
        "friendlyName": TEXT,
        "interval": st.integers(30, 86_400),
        "url": TEXT.map("https://example.com/{}".format),
    },
    optional=WEB,
)


def _account() -> World:
    world = World()
    for name in ("one", "two", "three"):
        world.create("AlertContact", name, friendlyName=name, value=f"{name}@example.com")
    contacts = world.app.store.document["alert-contacts"]
    ids = dict(zip(sorted(contacts), ("1", "2", "3"), strict=True))
    world.app.store.document["alert-contacts"] = {
        ids[old]: {**record, "id": int(ids[old])} for old, record in contacts.items()
    }
    return world


@settings(max_examples=60, deadline=None)
@given(MONITORS, MONITORS)
def test_no_perpetual_difference(first: dict[str, Any], second: dict[str, Any]) -> None:
    """After a create, and after an update to anything else, neither an up nor a refresh and an up finds a change."""
    world = _account()
    made = world.create("Monitor", **first)
    assert () == world.diff(made).changes

    wanted = {name: second.get(name) for name in {*first, *second, *made.inputs}}
    updated = world.update(made, **wanted)
    assert () == world.diff(updated, **wanted).changes

    world.later()
    read = world.read(updated)
    assert read is not None
    assert (updated.out, ()) == (read.out, world.diff(read, **wanted).changes)


@settings(max_examples=30, deadline=None)
@given(MONITORS)
def test_an_imported_monitor_is_as_it_was_made(wanted: dict[str, Any]) -> None:
    """The program that made it finds no change after its import."""
    world = _account()
    made = world.create("Monitor", **wanted)
    world.later()
    imported = world.imported("Monitor", made.id)

    assert () == world.differs(imported, made)
