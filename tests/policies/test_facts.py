"""What the rules read of a resource, besides its properties."""

from __future__ import annotations

import pytest

from policies.facts import UNKNOWN, Facts, Value, entries, look


@pytest.mark.parametrize(
    ("urn", "stack"),
    [
        ("urn:pulumi:prod::groundwork::a:b/c:D::name", "prod"),
        ("urn:pulumi:org/prod-like::groundwork::a:b/c:D::name", "org/prod-like"),
        ("urn:pulumi:prod", ""),
        ("prod::groundwork::a:b/c:D::name", ""),
        ("", ""),
    ],
)
def test_the_stack_is_read_from_the_urn(urn: str, stack: str) -> None:
    """The first part of a URN is the stack; what is no URN has none."""
    assert stack == Facts(token="", name="", urn=urn, props={}).stack


@pytest.mark.parametrize(
    ("value", "path", "expected"),
    [
        ({"a": {"b": 1.0}}, ("a", "b"), 1.0),
        ({"a": {"b": 1.0}}, ("a", "c"), None),
        ({"a": [1.0]}, ("a", "b"), None),
        ({"a": UNKNOWN}, ("a", "b", "c"), UNKNOWN),
        (UNKNOWN, (), UNKNOWN),
        ({"a": 1.0}, (), {"a": 1.0}),
    ],
)
def test_looking_stops_at_what_is_missing_or_unknown(value: Value, path: tuple[str, ...], expected: Value) -> None:
    """A missing key gives nothing, an unknown on the way gives unknown."""
    assert expected == look(value, *path)


@pytest.mark.parametrize(
    ("value", "expected"), [([1.0], [1.0]), (UNKNOWN, (UNKNOWN,)), ("text", ()), (None, ()), ({"a": 1.0}, ())]
)
def test_entries_are_of_lists_alone(value: Value, expected: Value) -> None:
    """Text is no list, and an unknown list has one unknown entry, so that no rule passes over it."""
    assert expected == entries(value)
