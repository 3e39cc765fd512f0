"""References to variables in commands and values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.node.expansion import expand


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$(A)", "1"),
        ("x$(A)y$(B)", "x1y2"),
        ("$(C)", "$(C)"),
        ("$$(A)", "$(A)"),
        ("$$$(A)", "$1"),
        ("$A", "$A"),
        ("$(A", "$(A"),
        ("$", "$"),
        ("$$", "$"),
        ("$()", "$()"),
    ],
)
def test_cases(text: str, expected: str) -> None:
    """Known names are replaced, unknown ones stay, a doubled dollar escapes: Kubernetes' own cases."""
    assert expand(text, {"A": "1", "B": "2"}) == expected


def test_once() -> None:
    """A value that looks like a reference is not expanded again."""
    assert expand("$(A)", {"A": "$(B)", "B": "2"}) == "$(B)"


@given(st.text(alphabet="ab $()", max_size=20))
def test_escaping(text: str) -> None:
    """A text whose dollars are all doubled comes out as it was."""
    assert expand(text.replace("$", "$$"), {"a": "1", "b": "2", "": "3"}) == text
