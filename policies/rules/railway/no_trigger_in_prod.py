"""Nothing is deployed to production by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.railway import TRIGGER
from policies.domain.stacks import in_prod
from policies.rule import Enforcement, Result, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """Every trigger of production is found: that it is there is what is wrong."""
    if in_prod(facts):
        yield Violation(where="branch", what="each push to the branch is deployed, and nobody has approved it")


RULE = Rule(
    id="railway-no-trigger-in-prod",
    title="In production nothing is deployed past the approval",
    severity=Severity.CRITICAL,
    enforcement=Enforcement.MANDATORY,
    why="Production is approved by hand, smoke-tested and rolled back (DL-6); a trigger does none of it.",
    fix="take it away; production is deployed by `gw deploy`",
    link="https://docs.railway.com/guides/github-autodeploys",
    applies=TRIGGER.__eq__,
    check=check,
)
