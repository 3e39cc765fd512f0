"""A violation as lines of text, and back: the engine carries nothing but text."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from policies.suppression import Suppression

if TYPE_CHECKING:
    from policies.rule import Violation

_PROPERTY = "  property: "
_FIX = "  fix: "
_SUPPRESSED = "  suppressed: "

#: The policies under which excused violations are told: of one resource, and of rules over the whole stack.
SUPPRESSED_ID = "suppressed"
SUPPRESSED_IN_STACK_ID = "suppressed-in-stack"


@dataclass(frozen=True)
class Message:
    """A violation's text taken apart; parts that the text does not have are empty."""

    what: str
    where: str = ""
    fix: str = ""
    suppressed: Suppression | None = None


def write(violation: Violation, fix: str, suppressed: Suppression | None = None) -> str:
    """What is wrong, which property, what to do (the rule's `fix` where the violation has none), what excuses it."""
    rows = [_line(violation.what), _PROPERTY + _line(violation.where), _FIX + _line(violation.fix or fix)]
    if suppressed is not None:
        rows.append(_SUPPRESSED + json.dumps(asdict(suppressed), default=str))
    return "\n".join(rows)


def read(text: str) -> Message:
    """Take a text of `write` apart; the policy's own description may stand before it. Other text is all `what`."""
    what: list[str] = []
    where = fix = ""
    suppressed = None
    for line in text.splitlines():
        if line.startswith(_PROPERTY):
            where = line.removeprefix(_PROPERTY)
        elif line.startswith(_FIX):
            fix = line.removeprefix(_FIX)
        elif line.startswith(_SUPPRESSED):
            suppressed = _suppression(line.removeprefix(_SUPPRESSED))
        elif line.strip():
            what.append(line.strip())
    return Message(what="\n".join(what), where=where, fix=fix, suppressed=suppressed)


def _suppression(text: str) -> Suppression | None:
    """None where the text is not what `write` wrote: another pack's."""
    try:
        values = json.loads(text)
        expires, stacks = dt.date.fromisoformat(values["expires"]), tuple(values["stacks"])
        return Suppression(**{**values, "expires": expires, "stacks": stacks})
    except (ValueError, KeyError, TypeError):
        return None


def _line(text: str) -> str:
    return " ".join(text.split())
