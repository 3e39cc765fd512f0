"""Each kind and type through its life: made, as it should be, read, imported, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.providers.uptimerobot.kinds import ALL

if TYPE_CHECKING:
    from tests.unit.providers.uptimerobot.world import World

each = pytest.mark.parametrize(("kind", "inputs"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])

#: Which the API never shows: an import cannot have them.
UNREADABLE = {
    "Monitor": {"httpPassword", "postValueData"},
    "StatusPage": {"password"},
    "Integration": {"key", "priority"},
}


@each
def test_a_second_up_changes_nothing(world: World, kind: str, inputs: dict[str, Any]) -> None:
    """What was made is what was asked for."""
    made = world.create(kind, **inputs)

    assert () == world.diff(made).changes


@each
def test_a_refresh_finds_what_was_made(world: World, kind: str, inputs: dict[str, Any]) -> None:
    """A later read shows the inputs of the state and its outputs, whatever order and spelling the API answers in."""
    made = world.create(kind, **inputs)
    world.later()
    read = world.read(made)

    assert read is not None
    assert (made.id, (), made.out) == (read.id, world.differs(read, made), read.out)


@each
def test_an_import_needs_the_id_alone(world: World, kind: str, inputs: dict[str, Any]) -> None:
    """The inputs of an import are acceptable, and a program that says the same as before changes nothing."""
    made = world.create(kind, **inputs)
    world.later()
    imported = world.imported(kind, made.id)

    assert [] == world.failures(kind, **{**inputs, **imported.inputs})
    assert set() == {str(change.path[0]) for change in world.differs(imported, made)} - UNREADABLE.get(kind, set())


@each
def test_what_is_deleted_is_gone(world: World, kind: str, inputs: dict[str, Any]) -> None:
    """A delete removes it, a second one is no error, and a read finds nothing."""
    made = world.create(kind, **inputs)
    world.later()
    world.delete(made)
    world.delete(made)

    assert world.read(made) is None


@each
def test_what_is_there_is_adopted(world: World, kind: str, inputs: dict[str, Any]) -> None:
    """A create that finds its equal by the natural key makes no second one."""
    made = world.create(kind, **inputs)
    world.later()

    assert made.id == world.create(kind, **inputs).id
