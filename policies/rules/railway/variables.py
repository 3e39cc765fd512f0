"""Variables of Railway that are named as secrets are secrets of the stack, or references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.domain.railway import VARIABLES
from policies.domain.secret_names import literal, secret_name
from policies.domain.walk import marked, step
from policies.facts import UNKNOWN, Facts, Value, look
from policies.rule import Enforcement, Pending, Result, Rule, Severity, Violation


def check(facts: Facts) -> Iterator[Result]:
    """None may have its value in plain text; one that is marked secret is hidden and encrypted."""
    variables = look(facts.props, "variables")
    if variables is UNKNOWN:
        yield Pending(where="variables")
    elif isinstance(variables, Mapping) and not marked(facts, "variables", None):
        for name, value in variables.items():
            if secret_name(name):
                yield from _variable(facts, step("variables", name), value)


def _variable(facts: Facts, where: str, value: Value) -> Iterator[Result]:
    if value is UNKNOWN:
        yield Pending(where=where)
    elif isinstance(value, str) and literal(value) and not marked(facts, where, value):
        yield Violation(where=where, what="the variable is named as a secret and has its value in plain text")


RULE = Rule(
    id="railway-variable-secret",
    title="Railway variables that are named as secrets are no plain text",
    severity=Severity.HIGH,
    enforcement=Enforcement.MANDATORY,
    why="It is in git, in the state and in every preview's output, for whoever can read one.",
    fix="give it as a secret of the stack, or refer to another variable: ${{shared.NAME}}",
    link="https://docs.railway.com/guides/variables#reference-variables",
    applies=VARIABLES.__eq__,
    check=check,
)
