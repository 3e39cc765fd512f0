"""What is live at UptimeRobot, as the sandbox's fake of its API tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from delivery.importing.matching import match
from delivery.importing.uptimerobot import KEYS, look
from providers.kit.handler import Call
from providers.uptimerobot import kind
from providers.uptimerobot.client import Client, Kind
from sandbox.fake.transport import Transport
from sandbox.uptimerobot.application import BASE, UptimeRobot
from tests.unit.delivery.importing.declared import declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delivery.importing.live import Live
    from policies.preview import Resource

KEY = "a-key-of-the-tests"
ADDRESS = "https://api.amoisekai.test/api/health"


@pytest.fixture
def client() -> Iterator[Client]:
    """A fresh account, in memory."""
    made = Client(f"http://uptime{BASE}", KEY, transport=Transport(UptimeRobot(KEY)))
    yield made
    made.close()


def _by_hand(client: Client, listed: Kind, **body: Any) -> str:  # noqa: ANN401 - JSON
    return str(client.create(Call(), listed, body)["id"])


def _monitor_by_hand(client: Client, name: str, address: str, **more: Any) -> str:  # noqa: ANN401 - JSON
    body = {"friendlyName": name, "type": "HTTP", "url": address, "interval": 300, "timeout": 30, **more}
    return _by_hand(client, Kind.MONITOR, **body)


def _monitor(name: str, address: str = ADDRESS) -> Resource:
    return declared(kind.MONITOR, name, friendlyName=name, type="HTTP", url=address)


def _ids(client: Client, *resources: Resource) -> dict[str, str]:
    found = match(resources, look(client), KEYS).matched
    return {urn.rpartition("::")[2]: live.id for urn, live in found.items()}


def test_a_monitor_is_known_by_what_it_looks_at(client: Client) -> None:
    """Whatever it was called by hand."""
    made = _monitor_by_hand(client, "API (prod)", ADDRESS)

    assert {"health": made} == _ids(client, _monitor("health"))


def test_names_that_come_escaped_are_the_same_names(client: Client) -> None:
    """The API escapes for HTML what it was given."""
    made = _monitor_by_hand(client, "Q & A", "https://elsewhere.test/")

    assert {"Q & A": made} == _ids(client, _monitor("Q & A"))


def test_two_monitors_of_one_address_are_told_apart_by_name_alone(client: Client) -> None:
    """A third name could be either of them."""
    both = [_monitor_by_hand(client, name, ADDRESS) for name in ("one", "two")]

    assert {"one": both[0]} == _ids(client, _monitor("one"))
    assert {} == _ids(client, _monitor("three"))


def test_contacts_windows_groups_and_pages_are_known(client: Client) -> None:
    """Each by what a person calls it, a contact by its address."""
    made = {
        "contact": _by_hand(client, Kind.CONTACT, friendlyName="x", type="Email", value="Ops@amoisekai.test"),
        "group": _by_hand(client, Kind.GROUP, name="amoisekai"),
        "page": _by_hand(client, Kind.PAGE, friendlyName="Amoisekai", monitorIds=[]),
    }

    assert made == _ids(
        client,
        declared(kind.ALERT_CONTACT, "contact", value="ops@amoisekai.test", friendlyName="y"),
        declared(kind.MONITOR_GROUP, "group", name="amoisekai"),
        declared(kind.STATUS_PAGE, "page", friendlyName="Amoisekai"),
    )


def test_the_address_of_an_integration_is_not_kept(client: Client) -> None:
    """It is a secret, and no part of what an integration is known by."""
    hook = "https://hooks.test/" + "hidden"
    _by_hand(
        client, Kind.INTEGRATION, type="Slack", data={"friendlyName": "slack", "webhookURL": hook, "customValue": ""}
    )

    found: list[Live] = look(client)

    assert "hidden" not in repr(found)


def test_an_integration_without_a_name_is_told_by_its_id(client: Client) -> None:
    """Its value is a secret, and what is live and not declared is printed."""
    hook = "https://hooks.test/" + "hidden"
    made = _by_hand(
        client, Kind.INTEGRATION, type="Slack", data={"friendlyName": "slack", "webhookURL": hook, "customValue": ""}
    )
    client.update(Call(), Kind.INTEGRATION, made, {"type": "Slack", "data": {"friendlyName": "", "webhookURL": hook}})

    found: list[Live] = look(client)

    assert [f"the integration {made}"] == [one.label for one in found if one.id == made]
    assert "hidden" not in repr(found)


def test_what_nobody_declares_is_told(client: Client) -> None:
    """By its kind and its name."""
    _monitor_by_hand(client, "old", ADDRESS)

    assert "the monitor old" in [one.label for one in match([], look(client), KEYS).unmanaged]
