"""The table of the rules is the rules."""

from __future__ import annotations

from policies.rules.__main__ import TABLE, table


def test_the_table_is_the_pack() -> None:
    """Every rule has its row, as `python -m policies.rules` writes it."""
    assert table() == TABLE.read_text("utf-8")
