"""Reading fields of a JSON object that somebody sent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def text(document: Mapping[str, object], key: str) -> str:
    """A string.

    Raises:
        ValueError: there is none.
    """
    value = document.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key}: a string is missing")  # noqa: TRY004 - what was sent is wrong, not our call
    return value


def number(document: Mapping[str, object], key: str, default: float | None = None) -> float:
    """A finite number of zero or more.

    Raises:
        ValueError: it is none, or is missing and has no default.
    """
    value = document.get(key, default)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value < math.inf:
        raise ValueError(f"{key}: a number of zero or more is missing")
    return value
