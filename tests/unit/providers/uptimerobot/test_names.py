"""Names and addresses come escaped for HTML: they are unescaped once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.uptimerobot.client import Kind, unescape
from sandbox.uptimerobot.monitors import escaped
from tests.unit.providers.uptimerobot.world import HTTP

if TYPE_CHECKING:
    from tests.unit.providers.uptimerobot.world import World

NAMES = ["A & B", "A &amp; B", "A &amp;amp; B", '<it\'s> "here"', "a &copy b", "&#39;"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_as_it_was_given(world: World, name: str) -> None:
    """What the state holds and what a refresh finds is the name itself, also where it holds an entity."""
    made = world.create("Monitor", **{**HTTP, "friendlyName": name, "url": f"https://example.com/?a=1&amp={name}"})
    world.later()
    read = world.read(made)

    assert read is not None
    assert (name, ()) == (read.inputs["friendlyName"], world.differs(read, made))


def test_the_fake_escapes(world: World) -> None:
    """The answers are escaped indeed, else the tests above say nothing."""
    made = world.create("Monitor", **{**HTTP, "friendlyName": "A & B"})
    raw = world.client.api.send(world.call(), "raw", "GET", f"{Kind.MONITOR.value}/{made.id}", idempotent=True).json()

    assert "A &amp; B" == raw["friendlyName"]


def test_names_that_differ_in_an_entity_are_two(world: World) -> None:
    """`A & B` and `A &amp; B` are two monitors: neither is adopted for the other."""
    first = world.create("Monitor", "one", **{**HTTP, "friendlyName": "A & B"})
    second = world.create("Monitor", "two", **{**HTTP, "friendlyName": "A &amp; B"})

    assert first.id != second.id


@given(st.text())
def test_unescaping_is_the_reverse_of_escaping(name: str) -> None:
    """For every text."""
    assert name == unescape(escaped({"name": name})["name"])


@given(st.text(alphabet=st.characters(exclude_characters="&")))
def test_what_is_not_escaped_stays(name: str) -> None:
    """A text without entities is left as it is."""
    assert name == unescape(name)
