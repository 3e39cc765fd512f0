"""No rule falls silent or falls over because a value is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest

from policies.facts import UNKNOWN, Facts, Value
from policies.rule import Rule
from tests.policies.test_rules import FILES, table

if TYPE_CHECKING:
    from tests.policies.make import Said

SINGLE = {file: rule for file, rule in FILES.items() if isinstance(rule, Rule)}
#: A value that is not known was computed, so it is no literal; the update, which knows it, judges it.
LITERALS = {"secrets.no_literal"}
BREAKING = [(file, case) for file in SINGLE if file not in LITERALS for case in table(file, "FAIL")]


def blurred(value: Value) -> Iterator[Value]:
    """The value with one part of it unknown, for every part of it."""
    if isinstance(value, Mapping):
        for key in value:
            yield value | {key: UNKNOWN} if isinstance(value, dict) else UNKNOWN
            for part in blurred(value[key]):
                yield {**value, key: part}
    elif isinstance(value, list):
        for place, entry in enumerate(value):
            for part in (UNKNOWN, *blurred(entry)):
                yield [*value[:place], part, *value[place + 1 :]]


@pytest.mark.parametrize(("file", "case"), BREAKING)
def test_hiding_a_part_never_makes_a_breaking_resource_pass(file: str, case: str) -> None:
    """A resource that breaks a rule is still violation or pending when any one part of it becomes unknown."""
    judged, _ = cast("tuple[Facts, Said]", table(file, "FAIL")[case])
    silent = [
        props
        for props in blurred(dict(judged.props))
        if isinstance(props, dict) and not list(SINGLE[file].check(replace(judged, props=props)))
    ]

    assert silent == []
