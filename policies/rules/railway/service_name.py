"""A service's name is a name that the network knows it by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policies.domain.demand import demand
from policies.domain.railway import SERVICE
from policies.facts import Facts, Value, look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = re.compile(r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?")


def check(facts: Facts) -> Iterator[Result]:
    """It must be a label of DNS, in small letters."""
    name = look(facts.props, "name")
    yield from demand(name, _label, where="name", what="the name cannot stand before .railway.internal as it is")


def _label(name: Value) -> bool:
    return isinstance(name, str) and _LABEL.fullmatch(name) is not None


RULE = Rule(
    id="railway-service-name",
    title="A Railway service is named as the private network names it",
    severity=Severity.LOW,
    enforcement=Enforcement.MANDATORY,
    why="Others reach it as NAME.railway.internal: of any other name Railway makes one up, and a reference to the name "
    "that people read leads nowhere.",
    fix="name it with 1 to 63 of a-z, 0-9 and '-', a letter first",
    link="https://docs.railway.com/guides/private-networking",
    applies=SERVICE.__eq__,
    check=check,
)
