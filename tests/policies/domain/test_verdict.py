"""Verdicts of three values: what is unknown decides nothing, and hides nothing that is decided."""

from __future__ import annotations

from math import inf, nan

import pytest

from policies.domain.verdict import Verdict, all_of, among, any_of, at_least, at_most, found, given, negated, stands
from policies.facts import UNKNOWN, Value
from policies.rule import Pending, Violation


@pytest.mark.parametrize(
    ("verdicts", "every", "some"),
    [
        ([], True, False),
        ([True, True], True, True),
        ([True, False], False, True),
        ([False, False], False, False),
        ([True, None], None, True),
        ([False, None], False, None),
        ([None], None, None),
        ([True, False, None], False, True),
    ],
)
def test_what_is_decided_stands_beside_what_is_not_known(
    verdicts: list[Verdict],
    every: Verdict,
    some: Verdict,
) -> None:
    """One no decides `all_of` and one yes `any_of`, whatever is unknown; else the unknown remains."""
    assert (every, some) == (all_of(verdicts), any_of(verdicts))
    assert (every, some) == (all_of(reversed(verdicts)), any_of(reversed(verdicts)))


@pytest.mark.parametrize(("verdict", "opposite"), [(True, False), (False, True), (None, None)])
def test_the_opposite_of_unknown_is_unknown(verdict: Verdict, opposite: Verdict) -> None:
    """Yes and no change places, what is not known stays."""
    assert opposite is negated(verdict)


@pytest.mark.parametrize(
    ("value", "stands_on", "stands_off"),
    [
        (True, True, False),
        (False, False, True),
        ("true", True, False),
        ("FALSE", False, True),
        (UNKNOWN, None, None),
        (1.0, False, False),
        (0.0, False, False),
        ("yes", False, False),
        ([], False, False),
        ({}, False, False),
    ],
)
def test_a_switch_is_what_it_says(value: Value, stands_on: Verdict, stands_off: Verdict) -> None:
    """What is no switch stands neither way, so it satisfies no demand."""
    assert (stands_on, stands_off) == (stands(value, on=True), stands(value, on=False))


@pytest.mark.parametrize("absent", [True, False])
def test_a_switch_left_out_stands_as_the_vendor_says(absent: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Its default is what it is."""
    assert absent is stands(None, on=True, absent=absent)
    assert absent is not stands(None, on=False, absent=absent)


@pytest.mark.parametrize(
    ("value", "is_given"),
    [("x", True), (0.0, True), (False, True), ([], True), (None, False), ("", False), (UNKNOWN, None)],
)
def test_what_is_given_is_there_and_not_empty(value: Value, is_given: Verdict) -> None:
    """Nothing and an empty text are not given."""
    assert is_given is given(value)


@pytest.mark.parametrize(
    ("value", "is_among"), [("a", True), ("b", False), ("A", False), (None, False), (["a"], False), (UNKNOWN, None)]
)
def test_a_text_is_among_names_or_not(value: Value, is_among: Verdict) -> None:
    """Only a text can be among names, letter by letter."""
    assert is_among is among(value, {"a"})


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        (7.0, True, True),
        (7, True, True),
        (6.9, False, True),
        (7.1, True, False),
        ("7", True, True),
        ("8", True, False),
        (inf, True, False),
        (nan, False, False),
        (10**400, True, False),
        (True, False, False),
        ("seven", False, False),
        (None, False, False),
        ([7.0], False, False),
        (UNKNOWN, None, None),
    ],
)
def test_what_is_no_number_is_within_no_bound(value: Value, least: Verdict, most: Verdict) -> None:
    """A number is held against its bound, the bound included; anything else keeps to none."""
    assert (least, most) == (at_least(value, 7), at_most(value, 7))


def test_a_finding_is_what_the_verdict_says() -> None:
    """Broken is a violation, unknown is pending, sound is nothing."""
    assert [Violation(where="a", what="b", fix="c")] == list(found(broken=True, where="a", what="b", fix="c"))
    assert [Pending(where="a")] == list(found(None, "a", what="b"))
    assert [] == list(found(broken=False, where="a", what="b"))
