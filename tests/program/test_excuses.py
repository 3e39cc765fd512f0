"""What the program excuses: few things, each for a time, each with an owner."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from infra.settings import STACKS

if TYPE_CHECKING:
    from tests.program.conftest import Program


@pytest.mark.parametrize("stack", STACKS)
def test_a_component_has_no_input_but_what_it_excuses(programs: dict[str, Program], stack: str) -> None:
    """A component that excuses nothing is registered as ever, so nothing changes in a stack that exists."""
    components = [one for one in programs[stack].declared if not one.custom]

    assert {frozenset(), frozenset({"suppressions"})} == {frozenset(one.inputs) for one in components}


@pytest.mark.parametrize("stack", STACKS)
def test_an_excuse_has_all_that_a_reader_needs(programs: dict[str, Program], stack: str) -> None:
    """Id, reason, owner and a day, as text that the engine carries."""
    held = [row for one in programs[stack].declared for row in one.inputs.get("suppressions", ()) if not one.custom]

    assert held
    assert {("expires", "id", "owner", "reason")} == {tuple(sorted(row)) for row in held}
    assert all(dt.date.fromisoformat(row["expires"]) for row in held)


def test_what_prod_mends_it_does_not_excuse(prod: Program, staging: Program) -> None:
    """A copy that is replicated needs no excuse for not being so."""

    def excused(program: Program, name: str) -> set[str]:
        (component,) = [one for one in program.declared if one.name == name and not one.custom]
        return {row["id"] for row in component.inputs["suppressions"]}

    assert {"CKV_AWS_144"} == excused(staging, "backups-second-copy") - excused(prod, "backups-second-copy")
