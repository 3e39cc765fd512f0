"""Demands on one value: it must be known, and good.

What is good is asked of a known value alone and answered by yes or no. A value counts as it is: the text "true" is no
switch, and "3" is no number. A rule that weighs several values, or has to take text for switches and numbers, uses
`policies.domain.verdict`.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policies.domain.verdict import found
from policies.facts import UNKNOWN, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policies.rule import Result


def demand(value: Value, good: Callable[[Value], bool], *, where: str, what: str, fix: str = "") -> Iterator[Result]:
    """Nothing where the value is good, `Pending` where it is not known, else a violation with these words."""
    broken = None if value is UNKNOWN else not good(value)
    yield from found(broken, where, what=what, fix=fix)


def off(value: Value) -> bool:
    """Whether a switch is left out or false; text that says so is neither."""
    return value is None or value is False


def on(value: Value) -> bool:
    """Whether a switch is true; text that says so is not."""
    return value is True


def absent(value: Value) -> bool:
    """Whether a text is left out or empty."""
    return value is None or value == ""


def present(value: Value) -> bool:
    """Whether there is a text that is not empty."""
    return isinstance(value, str) and value != ""


def between(least: float, most: float = inf) -> Callable[[Value], bool]:
    """Whether a value is a number within these bounds, both of them allowed."""
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
