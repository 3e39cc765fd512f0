"""Numbers that crossed a protocol which has floats alone."""

from __future__ import annotations


def whole(value: bool | float) -> bool | float:  # noqa: FBT001 - a value, not a switch
    """443 for 443.0, all else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
