"""A violation goes through the engine as text and comes out whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policies.message import Message, read, write
from policies.rule import Violation

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
