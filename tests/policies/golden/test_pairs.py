"""What every golden pair must be, before an engine runs it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.policies.golden.pairs import pairs

_NAMES = sorted(pairs())


@pytest.mark.parametrize("name", _NAMES)
def test_a_plan_refers_only_to_what_it_has(name: str) -> None:
    """Each reference in a plan's configuration is to a resource of the same plan: a slip of the pen judges nothing."""
    plan = pairs()[name].PLAN
    held = {item.address for item in plan.resources}
    referred = set(re.findall(r"'references': \['[^']+', '([^']+)'", str(plan.document()["configuration"])))

    assert referred <= held


@pytest.mark.parametrize("name", _NAMES)
def test_addresses_and_names_are_given_once(name: str) -> None:
    """No two resources of a plan have one address, or one name in the program."""
    plan = pairs()[name].PLAN
    addresses = Counter(item.address for item in plan.resources)
    programs = Counter((item.type, item.program) for item in plan.resources)

    assert {1} == {*addresses.values(), *programs.values()}
