"""Every service on Railway has a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import between, demand
from policies.domain.railway import INSTANCE
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts

#: A tenth of one: less starts nothing.
_LEAST = 0.1
#: What Railway's Pro plan gives one replica, of each (Railway documentation, "Scaling").
_MOST = 32


def check(facts: Facts) -> Iterator[Result]:
    """Memory, in gigabytes, and processors must both be given, above nothing and not above what Railway has."""
    for name, unit in (("memoryGB", "gigabytes"), ("vCPUs", "processors")):
        what = f"the service may take as many {unit} as the plan has"
        yield from demand(look(facts.props, name), between(_LEAST, _MOST), where=name, what=what)


RULE = Rule(
    id="railway-limits",
    title="Railway services have limits",
    severity=Severity.MEDIUM,
    enforcement=Enforcement.MANDATORY,
    why="Railway bills what is used: a leak or a loop uses all that the plan has, and the month's budget with it "
    "(RD-10).",
    fix="set memoryGB and vCPUs",
    link="https://docs.railway.com/reference/scaling",
    applies=INSTANCE.__eq__,
    check=check,
)
