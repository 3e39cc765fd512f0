"""In production no service on Railway sleeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, off
from policies.domain.railway import INSTANCE
from policies.domain.stacks import in_prod
from policies.facts import Facts, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def check(facts: Facts) -> Iterator[Result]:
    """Sleep must be off; left out, it is."""
    if in_prod(facts):
        setting = look(facts.props, "sleepApplication")
        yield from demand(
            setting, off, where="sleepApplication", what="the service sleeps when nobody asks for a while"
        )


RULE = Rule(
    id="railway-no-sleep",
    title="In production no Railway service sleeps",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Whoever wakes it waits for its start, and a timer in it does not fire while it sleeps.",
    fix="set sleepApplication: false",
    link="https://docs.railway.com/reference/app-sleeping",
    applies=INSTANCE.__eq__,
    check=check,
)
