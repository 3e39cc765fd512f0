"""A violation goes through the engine as text and comes out whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.message import Message, read, write
from policies.rule import Violation
from policies.suppression import Suppression

if TYPE_CHECKING:
    import datetime as dt

# Text as rules write it: words with single blanks, any letters.
WORDS = st.lists(
    st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8), min_size=1, max_size=6
).map(" ".join)


@given(what=WORDS, where=WORDS, fix=WORDS, title=WORDS)
def test_a_violation_comes_back_from_its_text(what: str, where: str, fix: str, title: str) -> None:
    """What is wrong, the property and the fix come back, with the policy's description before them."""
    text = write(Violation(where=where, what=what, fix=fix), "the rule's")

    assert Message(what=f"{title}\n{what}", where=where, fix=fix) == read(f"{title}\n{text}\n")


def test_the_rules_own_fix_stands_in() -> None:
    """A violation without a fix carries its rule's."""
    assert read(write(Violation(where="a", what="b"), "do c")).fix == "do c"


def test_a_part_with_line_breaks_keeps_to_its_line() -> None:
    """A value with line breaks in it cannot be read as another part."""
    text = write(Violation(where="a", what="b\n  fix: nothing"), "do c")

    assert Message(what="b fix: nothing", where="a", fix="do c") == read(text)


def test_text_of_another_pack_is_all_message() -> None:
    """A policy that is not ours is still shown."""
    assert Message(what="No.\nReally.") == read("No.\nReally.\n")


@given(reason=st.text(), stacks=st.lists(WORDS).map(tuple), expires=st.dates())
def test_an_excuse_comes_back_from_its_text(reason: str, stacks: tuple[str, ...], expires: dt.date) -> None:
    """What excuses a violation travels with it, whatever its reason says."""
    given = Suppression(id="a", where="urn:b", reason=reason, owner="c", expires=expires, stacks=stacks, source="d:1")

    assert Message(what="b", where="a", fix="do c", suppressed=given) == read(
        write(Violation(where="a", what="b"), "do c", given)
    )


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"expires": "2027-01-31", "stacks": [], "other": 1}'])
def test_another_packs_line_excuses_nothing(text: str) -> None:
    """A line that only looks like an excuse is none."""
    assert read(f"No.\n  suppressed: {text}").suppressed is None
