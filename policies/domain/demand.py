"""The shape that most rules have: a value that must be known, and must be in order."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policies.facts import UNKNOWN, Value
from policies.rule import Pending, Result, Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def demand(value: Value, good: Callable[[Value], bool], *, where: str, what: str, fix: str = "") -> Iterator[Result]:
    """Nothing where the value is good, `Pending` where it is not known, else a violation with these words."""
    if value is UNKNOWN:
        yield Pending(where=where)
    elif not good(value):
        yield Violation(where=where, what=what, fix=fix)


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
