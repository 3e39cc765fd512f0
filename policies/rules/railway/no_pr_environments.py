"""No pull request gets an environment of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policies.domain.demand import demand, off
from policies.domain.railway import PROJECT
from policies.facts import look
from policies.rule import Enforcement, Result, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policies.facts import Facts


def check(facts: Facts) -> Iterator[Result]:
    """They must be off; left out, they are."""
    setting = look(facts.props, "prDeploys")
    yield from demand(setting, off, where="prDeploys", what="each pull request runs with a copy of the variables")


RULE = Rule(
    id="railway-no-pr-environments",
    title="No pull request gets an environment on Railway",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="Such an environment copies its base's variables, secrets among them, for code that nobody has approved yet; "
    "and each one is billed.",
    fix="set prDeploys: false; a pull request is shown as a plan, and tried in staging",
    link="https://docs.railway.com/guides/environments#enable-pr-environments",
    applies=PROJECT.__eq__,
    check=check,
)
