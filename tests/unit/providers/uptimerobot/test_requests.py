"""Requests for each operation: the table of providers/uptimerobot/README.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sandbox.uptimerobot.application import MOST, PAGE
from tests.unit.providers.uptimerobot.world import HTTP

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.providers.made import Made
    from tests.unit.providers.uptimerobot.world import World

README = Path(__file__).parents[4] / "providers/uptimerobot/README.md"
MANY = 50


def _some(world: World, number: int) -> list[Made]:
    return [world.create("Monitor", f"m{n}", **{**HTTP, "friendlyName": f"monitor {n}"}) for n in range(number)]


def _up(world: World) -> None:
    _some(world, MANY)


def _refresh(world: World) -> None:
    made = _some(world, MANY)
    world.later()
    world.counted()
    assert all(world.read(one) for one in made)


def _update(world: World) -> None:
    made = _some(world, 1)[0]
    world.later()
    world.counted()
    world.update(made, interval=60)


def _pause(world: World) -> None:
    made = _some(world, 1)[0]
    world.later()
    world.counted()
    world.update(made, isPaused=True)


def _delete(world: World) -> None:
    made = _some(world, 1)[0]
    world.later()
    world.counted()
    world.delete(made)


def _import(world: World) -> None:
    made = _some(world, 1)[0]
    world.later()
    world.counted()
    world.imported("Monitor", made.id)


def _no_op(world: World) -> None:
    made = _some(world, MANY)
    world.later()
    world.counted()
    assert not [change for one in made for change in world.diff(one).changes]


OPERATIONS: dict[str, Callable[[World], None]] = {
    f"create {MANY}": _up,
    f"refresh {MANY}": _refresh,
    f"preview of no change in {MANY}": _no_op,
    "update 1": _update,
    "pause or start 1": _pause,
    "delete 1": _delete,
    "import 1": _import,
}


def _table() -> dict[str, str]:
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|$", README.read_text(), re.MULTILINE)
    return {name: requests for name, requests in rows if name in OPERATIONS}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_costs_what_the_table_says(world: World, operation: str) -> None:
    """Each request of a kind, no more."""
    OPERATIONS[operation](world)
    counted = [f"{number} {name}" for name, number in sorted(world.counted().items())]

    assert _table()[operation] == (", ".join(f"`{one}`" for one in counted) or "none")


def test_a_listing_of_several_pages_is_read_to_its_end(world: World) -> None:
    """Monitors come 200 to a page, all else 50: each page is one request, and nothing is left out."""
    records = world.app.store.document
    for number in range(2 * MOST + 1):
        id_ = 100 + number
        world.app.store.document["monitor-groups"][str(id_)] = {"id": id_, "name": f"g{number}", "created": "x"}
    base = _some(world, 1)[0]
    record = records["monitors"][base.id]
    records["monitors"].update({str(n): {**record, "id": n} for n in range(1000, 1000 + 2 * MOST)})
    world.app.store.save(world.clock())
    world.later()
    world.counted()
    monitors = world.client.known(world.call(), world.handler("Monitor").collection)  # type: ignore[attr-defined]  # it is a Thing
    groups = world.client.known(world.call(), world.handler("MonitorGroup").collection)  # type: ignore[attr-defined]  # as above

    assert (2 * MOST + 1, 2 * MOST + 1) == (len(monitors), len(groups))
    assert {"GET /monitors": 3, "GET /monitor-groups": -(-(2 * MOST + 1) // PAGE)} == world.counted()
