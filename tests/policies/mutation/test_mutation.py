"""Whatever is turned round in a rule, a case of its tables tells."""

from __future__ import annotations

import pytest

from tests.policies.mutation.equivalent import EQUIVALENT, Equivalent
from tests.policies.mutation.trial import SPARED, helpers, is_found, module_of, plain, source, survivors
from tests.policies.test_rules import FILES

MODULES = [*map(module_of, FILES), *helpers()]


@pytest.mark.parametrize("module", MODULES)
def test_every_fault_is_found_by_a_case(module: str) -> None:
    """No mutant lives but those that are known to do the same, and those live indeed."""
    known = sorted((row.line, row.before, row.after) for row in EQUIVALENT if row.module == module)
    alive = sorted((mutant.line, mutant.before, mutant.after) for mutant in survivors(module))

    assert known == alive, "\n".join(f"{line}: {before} -> {after}" for line, before, after in alive)


@pytest.mark.parametrize("module", MODULES)
def test_no_case_objects_to_the_module_as_it_is(module: str) -> None:
    """What is found in a mutant is its fault, not the way in which it is run."""
    assert not is_found(module, plain(module))


def test_no_equivalent_is_left_over() -> None:
    """An entry belongs to a module that is mutated; that it is needed, the first test tells."""
    assert sorted({row.module for row in EQUIVALENT} - set(MODULES)) == []


@pytest.mark.parametrize("row", EQUIVALENT, ids=lambda row: f"{row.module}: {row.before}")
def test_an_equivalent_has_its_reason(row: Equivalent) -> None:
    """Nothing may live without a word about it."""
    assert row.why.strip()


@pytest.mark.parametrize("module", SPARED)
def test_what_is_spared_is_there(module: str) -> None:
    """A module that is not mutated exists."""
    assert source(module)
