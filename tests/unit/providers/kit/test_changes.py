"""What differs between inputs: order that means nothing, what the server decides, what replaces."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from providers.kit import UNKNOWN, Kind, Path, Properties, Value
from providers.kit.inputs import Inputs, Replaces, ServerDefault, Unordered, changes, check
from providers.kit.shape import of, settled


class Contact(Inputs):
    """A part whose delay the server decides."""

    id: int
    delay: Annotated[int | None, ServerDefault()] = None
    days: Annotated[tuple[str, ...], Unordered()] = ()


class Monitor(Inputs):
    """Inputs with everything that a comparison must know of."""

    name: str
    url: Annotated[str, Replaces()] = ""
    ratio: float = 1.0
    contacts: Annotated[tuple[Contact, ...], Unordered()] = ()
    steps: tuple[str, ...] = ()
    labels: dict[str, str] = Field(default_factory=dict)
    region: Annotated[str | None, ServerDefault(), Replaces()] = None
    primary: Contact | None = None
    note: str | None = None


def _changed(old: Properties, new: Properties) -> dict[Path, Kind]:
    return {change.path: change.kind for change in changes(Monitor, old, new)}


def test_none_is_absent() -> None:
    """A property that is None is the same as one that is not there, in parts too."""
    old: Properties = {"note": None, "primary": {"id": 1, "delay": None}}
    assert {} == _changed(old, {"primary": {"id": 1}})


def test_order_means_nothing() -> None:
    """A list without an order is equal however it is ordered, also within another."""
    old: Properties = {"contacts": [{"id": 1, "days": ["mo", "tu"]}, {"id": 2}]}
    assert {} == _changed(old, {"contacts": [{"id": 2}, {"id": 1, "days": ["tu", "mo"]}]})


def test_repetitions_mean_something() -> None:
    """An entry that is there twice is another list."""
    assert {("contacts", 1): Kind.DELETE} == _changed({"contacts": [{"id": 1}, {"id": 1}]}, {"contacts": [{"id": 1}]})


def test_only_the_entries_that_differ() -> None:
    """One more entry is one change, wherever it sorts to."""
    old: Properties = {"contacts": [{"id": 2}, {"id": 3}]}
    assert {("contacts", 0): Kind.ADD} == _changed(old, {"contacts": [{"id": 2}, {"id": 3}, {"id": 1}]})


def test_order_of_other_lists_counts() -> None:
    """Steps in another order are other steps."""
    assert [("steps", 0), ("steps", 1)] == list(_changed({"steps": ["a", "b"]}, {"steps": ["b", "a"]}))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"region": "eu"}, {}, {}),
        ({"region": "eu"}, {"region": "eu"}, {}),
        ({"region": "eu"}, {"region": "us"}, {("region",): Kind.UPDATE}),
        ({}, {"region": "eu"}, {("region",): Kind.ADD}),
        ({"primary": {"id": 1, "delay": 3}}, {"primary": {"id": 1}}, {}),
        ({"primary": {"id": 1, "delay": 3}}, {}, {("primary",): Kind.DELETE}),
        ({"contacts": [{"id": 1, "delay": 3}, {"id": 2, "delay": 1}]}, {"contacts": [{"id": 2}, {"id": 1}]}, {}),
        (
            {"contacts": [{"id": 1, "delay": 4}, {"id": 1, "delay": 4}]},
            {"contacts": [{"id": 1}, {"id": 1, "delay": 4}]},
            {},
        ),
        (
            {"contacts": [{"id": 1, "delay": 3}]},
            {"contacts": [{"id": 1, "delay": 4}]},
            {("contacts", 0): Kind.UPDATE},
        ),
    ],
)
def test_what_the_server_decides(old: Properties, new: Properties, expected: dict[Path, Kind]) -> None:
    """It is compared where the program gives it, and nowhere else."""
    assert expected == _changed(old, new)


def test_what_the_server_decides_moves_nothing() -> None:
    """Without it, a list is in the order that it would have had without it: the state's."""
    live: Properties = {"contacts": [{"id": 2, "delay": 1}, {"id": 1, "delay": 9}]}
    given_: Properties = {"contacts": [{"id": 1}, {"id": 2}]}
    assert given_ == settled(live, given_, of(Monitor))


def test_replacements() -> None:
    """A change of what is marked so needs a new resource; others do not."""
    found = changes(Monitor, {"url": "a", "name": "a"}, {"url": "b", "name": "b"})
    assert {("url",): True, ("name",): False} == {change.path: change.replaces for change in found}


def test_what_is_unknown_is_a_change() -> None:
    """A preview says that what is not known yet may change."""
    old: Properties = {"name": "a", "steps": ["a"], "contacts": [{"id": 1}]}
    new: Properties = {"name": UNKNOWN, "steps": [UNKNOWN], "contacts": [UNKNOWN]}
    assert {("name",), ("steps", 0), ("contacts", 0)} == _changed(old, new).keys()


TEXTS = st.text(max_size=3)
CONTACTS = st.fixed_dictionaries(
    {"id": st.integers(0, 3)},
    optional={"delay": st.none() | st.integers(0, 2), "days": st.none() | st.lists(st.sampled_from("abc"), max_size=3)},
)
GIVEN: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"name": TEXTS},
    optional={
        "url": TEXTS,
        "ratio": st.integers(0, 3) | st.floats(0, 3),
        "contacts": st.none() | st.lists(CONTACTS, max_size=4),
        "steps": st.lists(TEXTS, max_size=3),
        "labels": st.dictionaries(TEXTS, TEXTS, max_size=3),
        "region": st.none() | TEXTS,
        "primary": st.none() | CONTACTS,
        "note": st.none() | TEXTS,
    },
)


def _answered(draw: st.DrawFn, value: Value, key: str = "") -> Value:
    """A value as a server tells it: lists without an order in any, defaults filled in, null for what is not there."""
    if isinstance(value, dict):
        told = {name: _answered(draw, child, name) for name, child in value.items()}
        if "id" in value:
            told.setdefault("delay", draw(st.integers(5, 9)))
        if "name" in value:
            told.setdefault("region", draw(st.sampled_from(["here", "there"])))
            told |= dict.fromkeys(({"note", "primary"} - told.keys()) if draw(st.booleans()) else ())
        return dict(draw(st.permutations(list(told.items()))))
    if isinstance(value, list):
        told_ = [_answered(draw, child) for child in value]
        return list(draw(st.permutations(told_))) if key in {"contacts", "days"} else told_
    if isinstance(value, float) and value.is_integer() and draw(st.booleans()):
        return int(value)
    return value


@given(GIVEN, st.data())
def test_no_perpetual_difference(inputs: dict[str, Any], data: st.DataObject) -> None:
    """Up, then up again is empty: what a server answers differs in nothing from what was sent, in whatever order."""
    sent = check(Monitor, inputs).inputs
    told = st.composite(lambda draw: _answered(draw, sent))()
    answer = data.draw(told)
    assert isinstance(answer, dict)
    assert ((), ()) == (changes(Monitor, answer, sent), changes(Monitor, sent, sent))


@given(GIVEN, GIVEN)
def test_every_difference_is_found(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Two sets of inputs have no difference only when they send the same, but for what the server decides."""
    before, after = check(Monitor, one).inputs, check(Monitor, other).inputs
    if not changes(Monitor, before, after) and not changes(Monitor, after, before):
        assert _comparable(before) == _comparable(after)


def _comparable(value: Value, key: str = "") -> Value:
    """Without what the server decides, and without an order where there is none."""
    if isinstance(value, dict):
        return {name: _comparable(child, name) for name, child in value.items() if name not in {"region", "delay"}}
    if isinstance(value, list):
        entries = [_comparable(child) for child in value]
        return sorted(entries, key=repr) if key in {"contacts", "days"} else entries
    return value
