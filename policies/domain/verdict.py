"""Verdicts of three values: yes, no, and None where what decides is not known yet.

They can be weighed against each other: one that decides does so, whatever is unknown beside it. Switches and numbers
given as text count, as Terraform takes them. For a rule that asks one value of its own type there is
`policies.domain.demand`, which is shorter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from policies.facts import UNKNOWN, Value
from policies.rule import Pending, Violation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from policies.rule import Result

Verdict: TypeAlias = "bool | None"

_WORDS = {"true": True, "false": False}


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether all hold: no as soon as one does not, whatever is unknown beside it."""
    given = tuple(verdicts)
    return False if False in given else None if None in given else True


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Whether one holds: yes as soon as one does, whatever is unknown beside it."""
    given = tuple(verdicts)
    return True if True in given else None if None in given else False


def negated(verdict: Verdict) -> Verdict:
    """The opposite; what is not known stays so."""
    return None if verdict is None else not verdict


def stands(value: Value, *, on: bool, absent: bool = False) -> Verdict:
    """Whether a switch stands as wanted.

    Args:
        value: the switch; its words count too (launch templates take them, and the bridge turns them into booleans).
        on: how it should stand.
        absent: how it stands where the program leaves it out.

    Returns:
        No for what is no switch at all, whatever is wanted.
    """
    if value is UNKNOWN:
        return None
    if value is None:
        return absent is on
    return (_WORDS.get(value.lower()) if isinstance(value, str) else value) is on


def given(value: Value) -> Verdict:
    """Whether a property is given: there, and no empty text."""
    return None if value is UNKNOWN else value not in (None, "")


def among(value: Value, names: Collection[str]) -> Verdict:
    """Whether a text is one of some names."""
    return None if value is UNKNOWN else isinstance(value, str) and value in names


def at_least(value: Value, least: float) -> Verdict:
    """Whether a number is not below a bound; no for what is no number."""
    amount = _number(value)
    return None if value is UNKNOWN else amount is not None and amount >= least


def at_most(value: Value, most: float) -> Verdict:
    """Whether a number is not above a bound; no for what is no number."""
    amount = _number(value)
    return None if value is UNKNOWN else amount is not None and amount <= most


def _number(value: Value) -> float | None:
    """A number; its digits as text count too, as the bridge turns them into one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    return value if isinstance(value, float | int) else None


def found(broken: Verdict, where: str, *, what: str, fix: str = "") -> Iterator[Result]:
    """What a rule says of a property: a violation, that it cannot judge yet, or nothing."""
    if broken is None:
        yield Pending(where=where)
    elif broken:
        yield Violation(where=where, what=what, fix=fix)
