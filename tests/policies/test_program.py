"""The program of each stack file keeps to every rule, with no cloud and no engine."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infra import settings, stackfile
from policies.excused import Excused
from policies.facts import Facts
from policies.gate.suppressions import load
from policies.rule import Enforcement, Pending, Rule
from policies.rules import RULES
from tests.program.conftest import run_program

if TYPE_CHECKING:
    from tests.program.conftest import Declared, Program


@pytest.fixture(scope="module", params=settings.STACKS)
def program(request: pytest.FixtureRequest) -> Program:
    """One run of the program for each stack file."""
    stack: str = request.param
    return run_program(stack)


@pytest.fixture(scope="module")
def inventory(program: Program) -> list[Facts]:
    """What the program declares, as the rules see it."""
    return [facts(one) for one in program.declared]


def facts(one: Declared) -> Facts:
    """A resource as the engine shows it to the rules."""
    return Facts(
        token=one.token,
        name=one.name,
        urn=one.urn,
        props=one.inputs,
        protect=one.protect,
        depends=one.computed,
        secret=one.marked,
    )


#: A day on which what was excused when this was written is excused: that an excuse ends, the gate tells, not a test.
TODAY = dt.date(2026, 11, 21)
FILE = load(Path(__file__).parents[2], TODAY).suppressions


@pytest.fixture(scope="module")
def excused(program: Program) -> Excused:
    """What the file and the program's components excuse."""
    known = Excused(FILE, TODAY)
    for one in program.declared:
        known.learn(one.urn, one.parent, {} if one.custom else one.inputs)
    return known


def said(inventory: list[Facts], excused: Excused) -> list[tuple[str, str, str, str]]:
    """Rule, level, resource and property of everything that the rules say and nothing excuses; what is pending too."""
    found = []
    for rule in RULES:
        judged = [one for one in inventory if rule.applies(one.token)] if isinstance(rule, Rule) else [inventory]
        for facts in judged:
            for result in rule.check(facts):  # type: ignore[arg-type] # facts for a rule, a list for a stack rule
                level = "pending" if isinstance(result, Pending) else rule.enforcement.value
                name = facts.name if isinstance(facts, Facts) else getattr(result, "urn", "")
                if excused.by(rule.id, facts.urn if isinstance(facts, Facts) else name) is None:
                    found.append((rule.id, level, name, result.where))
    return found


def test_the_program_keeps_to_every_rule(inventory: list[Facts], excused: Excused) -> None:
    """No finding, mandatory or advisory, that nothing excuses, and nothing that could not be judged."""
    assert said(inventory, excused) == []


def test_the_rules_look_at_what_the_program_declares(inventory: list[Facts]) -> None:
    """Most rules apply to something: an inventory that nothing judges would prove nothing."""
    asked = {rule.id for rule in RULES if isinstance(rule, Rule) and any(rule.applies(one.token) for one in inventory)}

    assert {"aws-required-tags", "kubernetes-required-labels", "pod-non-root", "stateful-protected"} <= asked


def test_an_open_escape_hatch_is_seen(inventory: list[Facts], program: Program, excused: Excused) -> None:
    """With the hatch open prod's data is unprotected, and a mandatory rule says so of each part that holds data."""
    if program.stack != "prod":
        assert {one.protect for one in inventory} == {False}
        return
    opened = run_program("prod", allowUnprotected=stackfile.ESCAPE_HATCH)
    bare = [facts(one) for one in opened.declared]
    protected = {one.name for one in inventory if one.protect}

    assert protected
    assert {("stateful-protected", Enforcement.MANDATORY.value, name, "protect") for name in protected} == set(
        said(bare, excused)
    )
