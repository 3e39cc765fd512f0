"""A violation as lines of text, and back: the engine carries nothing but text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policies.rule import Violation

_PROPERTY = "  property: "
_FIX = "  fix: "


@dataclass(frozen=True)
class Message:
    """A violation's text taken apart; parts that the text does not have are empty."""

    what: str
    where: str = ""
    fix: str = ""


def write(violation: Violation, fix: str) -> str:
    """Three lines: what is wrong, which property, what to do (the rule's `fix` where the violation has none)."""
    rows = (_line(violation.what), _PROPERTY + _line(violation.where), _FIX + _line(violation.fix or fix))
    return "\n".join(rows)


def read(text: str) -> Message:
    """Take a text of `write` apart; the policy's own description may stand before it. Other text is all `what`."""
    what: list[str] = []
    where = fix = ""
    for line in text.splitlines():
        if line.startswith(_PROPERTY):
            where = line.removeprefix(_PROPERTY)
        elif line.startswith(_FIX):
            fix = line.removeprefix(_FIX)
        elif line.strip():
            what.append(line.strip())
    return Message(what="\n".join(what), where=where, fix=fix)


def _line(text: str) -> str:
    return " ".join(text.split())
