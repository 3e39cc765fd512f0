"""What is deployed at a push has passed its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, on
from policies.domain.railway import TRIGGER
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """A trigger must wait for the checks of the commit; left out, it does not."""
    setting = look(facts.props, "checkSuites")
    yield from demand(setting, on, where="checkSuites", what="a push is deployed before its checks are through")


RULE = Rule(
    id="railway-trigger-checked",
    title="A Railway trigger waits for the checks",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Without it a commit whose tests fail is live before they have failed.",
    fix="set checkSuites: true",
    link="https://docs.railway.com/guides/github-autodeploys#wait-for-ci",
    applies=TRIGGER.__eq__,
    check=check,
)
