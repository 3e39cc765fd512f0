"""Differences between properties."""

from __future__ import annotations

from copy import deepcopy
from typing import cast

from hypothesis import assume, given
from hypothesis import strategies as st

from providers.kit import UNKNOWN, Change, Kind, Path, Properties, Value, compare, differ
from providers.kit.diff import same
from providers.kit.values import at
from tests.unit.providers.strategies import PROPERTIES, SCALARS


def _leaves(value: Value | Properties, path: Path = ()) -> list[Path]:
    if isinstance(value, dict):
        return [leaf for key, child in value.items() for leaf in _leaves(child, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, child in enumerate(value) for leaf in _leaves(child, (*path, index))]
    return [path]


def _put(value: Value, path: Path, new: Value) -> Value:
    if not path:
        return new
    if isinstance(value, dict):
        return {key: _put(child, path[1:], new) if key == path[0] else child for key, child in value.items()}
    assert isinstance(value, list)
    return [_put(child, path[1:], new) if index == path[0] else child for index, child in enumerate(value)]


@given(PROPERTIES)
def test_equal_properties_have_no_changes(values: Properties) -> None:
    """Nothing differs from a copy of itself."""
    assert () == compare(values, deepcopy(values))


@given(PROPERTIES, SCALARS, st.data())
def test_a_change_is_found_where_it_is(values: Properties, new: Value, data: st.DataObject) -> None:
    """One changed leaf gives one change, at its path and at no other."""
    leaves = _leaves(values)
    assume(leaves)
    path = data.draw(st.sampled_from(leaves))
    assume(not same(at(values, path), new))
    assert (Change(path, Kind.UPDATE),) == compare(values, cast("Properties", _put(values, path, new)))


@given(PROPERTIES, PROPERTIES)
def test_changes_are_empty_only_for_equals(old: Properties, new: Properties) -> None:
    """Whatever differs gives at least one change, and each path is given once."""
    paths = [change.path for change in compare(old, new)]
    assert (old == new or bool(paths), len(paths)) == (True, len(set(paths)))


@given(PROPERTIES, PROPERTIES)
def test_the_way_back(old: Properties, new: Properties) -> None:
    """The way back changes the same paths, with additions and deletions the other way round."""
    turned = {Kind.ADD: Kind.DELETE, Kind.DELETE: Kind.ADD, Kind.UPDATE: Kind.UPDATE}
    there = {(change.path, change.kind) for change in compare(old, new)}
    assert there == {(change.path, turned[change.kind]) for change in compare(new, old)}


@given(PROPERTIES, PROPERTIES)
def test_paths_are_those_that_differ(old: Properties, new: Properties) -> None:
    """At each path given, old and new do differ."""
    assert [] == [c.path for c in compare(old, new) if same(at(old, c.path), at(new, c.path))]


def test_additions_and_deletions() -> None:
    """A property that came or went is named as such, in lists by its index."""
    expected = (Change(("a", 1), Kind.ADD), Change(("b",), Kind.DELETE), Change(("c",), Kind.ADD))
    assert expected == compare({"a": [1], "b": 2}, {"a": [1, 2], "c": 3})


def test_none_is_absent() -> None:
    """A property that is None is the same as none."""
    assert () == compare({"a": None, "b": 1}, {"b": 1, "c": None})


def test_true_is_not_one() -> None:
    """A bool differs from the number that Python thinks it equals."""
    assert (Change(("a",), Kind.UPDATE),) == compare({"a": 1}, {"a": True})


def test_unknown_is_a_change() -> None:
    """A value that is not known yet may be another."""
    assert (Change(("a",), Kind.UPDATE),) == compare({"a": 1}, {"a": UNKNOWN})


def test_replaces_below_and_above() -> None:
    """A change below a pattern replaces, one above it too, one beside it does not."""
    patterns = [("spec", "selector")]
    below = differ({"spec": {"selector": {"a": 1}}}, {"spec": {"selector": {"a": 2}}}, replace_on=patterns)
    above = differ({"spec": {"selector": 1}}, {}, replace_on=patterns)
    beside = differ({"spec": {"size": 1}}, {"spec": {"size": 2}}, replace_on=patterns)
    assert (True, True, False) == (below.replaces, above.replaces, beside.replaces)


def test_ignored_changes_are_left_out() -> None:
    """A change that is ignored is not in the diff."""
    assert () == differ({"a": 1}, {"a": 2}, ignore=[("a",)]).changes
