"""No rule falls over on a part of another kind: other types, odd numbers, broken letters, huge texts, deep nests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf, nan
from typing import TYPE_CHECKING, cast

import pytest

from policies.facts import UNKNOWN, Facts, Value
from policies.rule import Pending, Rule, Violation
from tests.policies.test_rules import FILES, TABLES, table

if TYPE_CHECKING:
    from policies.rule import AnyRule, Result

_STATEMENT: dict[str, Value] = {"Effect": 1.0, "Action": {"a": 1.0}, "Principal": []}
#: What JSON, or a program, can put in any place.
ODD: tuple[Value, ...] = (
    *(None, True, False, 0.0, -1.0, nan, inf, 10.0**300, 10**400, UNKNOWN),
    *("", "true", "*", "x" * 300, "\ud800", "a\nb\0c", "\u202e0.0.0.0/0", "1" * 5000, "{", "[]", "[" * 3000, "\u0663"),
    *([], {}, [[]], [{}], [None, UNKNOWN], {"": {}}, {"Statement": [None]}),
    _STATEMENT,
)
HUGE = 1 << 20


def judged(file: str) -> list[Sequence[Facts]]:
    """The resources of every case of a rule, whatever they are about."""
    found = []
    for name in TABLES:
        for case in table(file, name).values():
            given_ = case if name == "PASS" else cast("tuple[object, object]", case)[0]
            found.append([given_] if isinstance(given_, Facts) else cast("Sequence[Facts]", given_))
    return found


def wrecked(value: Value, odd: Sequence[Value]) -> Iterator[Value]:
    """The value with one part of it replaced by something odd, for every part and every odd thing."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from ({**value, key: other} for other in (*odd, *wrecked(part, odd)))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, part in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in (*odd, *wrecked(part, odd)))


def answers(rule: AnyRule, resources: Sequence[Facts]) -> list[Result]:
    """What a rule says of some resources."""
    if not isinstance(rule, Rule):
        return list(rule.check(resources))
    return [result for one in resources if rule.applies(one.token) for result in rule.check(one)]


def sound(result: Result) -> bool:
    """Whether an answer is one that can be shown: it names a property, a violation says what is wrong too."""
    return bool(result.where) and (isinstance(result, Pending) or (isinstance(result, Violation) and bool(result.what)))


def wrecks(resources: Sequence[Facts], odd: Sequence[Value]) -> Iterator[list[Facts]]:
    """The resources with one part of one of them replaced."""
    for place, one in enumerate(resources):
        for props in wrecked(one.props, odd):
            changed = replace(one, props=cast("Mapping[str, Value]", props))
            yield [*resources[:place], changed, *resources[place + 1 :]]


@pytest.mark.parametrize("file", FILES)
def test_a_part_of_another_kind_does_not_make_a_rule_fall_over(file: str) -> None:
    """Each part of each case may be anything: the rule answers, and names a property in each answer."""
    rule = FILES[file]

    assert all(
        sound(answer)
        for resources in judged(file)
        for changed in wrecks(resources, ODD)
        for answer in answers(rule, changed)
    )


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("unit", ["a", "*", "a*", "0.", "9", '{"a":'])
def test_a_text_of_a_megabyte_does_not_stop_a_rule(file: str, unit: str) -> None:
    """A huge text in any part of one case is judged like a short one: no pattern of a rule runs away on it."""
    huge = (unit * HUGE)[:HUGE]
    resources = judged(file)[0] or judged(file)[1]

    assert all(sound(answer) for changed in wrecks(resources, [huge]) for answer in answers(FILES[file], changed))
