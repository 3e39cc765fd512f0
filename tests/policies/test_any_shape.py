"""No rule falls over, whatever a program gives: cases of all rules, with parts changed for anything that JSON has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st

from policies.facts import UNKNOWN, Facts, Value
from policies.rule import Rule
from tests.policies.test_rules import FILES, TABLES, table

if TYPE_CHECKING:
    from tests.policies.test_rules import Judged


def resources() -> Iterator[Facts]:
    """Every resource of every case."""
    for file in FILES:
        for name in TABLES:
            for case in table(file, name).values():
                judged = cast("Judged", case if name == "PASS" else cast("Sequence[object]", case)[0])
                yield from [judged] if isinstance(judged, Facts) else judged


def keys(value: Value) -> Iterator[str]:
    """Every key of every mapping in a value."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield key
            yield from keys(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from keys(part)


RESOURCES = list(resources())
TOKENS = sorted({facts.token for facts in RESOURCES})
# Texts of cases can be very long: what is short says as much.
KEYS = sorted({key for facts in RESOURCES for key in keys(facts.props) if len(key) < 100})
SCALARS = st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5) | st.just(UNKNOWN)
ANYTHING: st.SearchStrategy[Value] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def changed(draw: st.DrawFn, value: Value) -> Value:
    """A value with one part of it, however deep, changed for anything."""
    if draw(st.booleans()) and isinstance(value, Mapping) and value:
        key = draw(st.sampled_from(sorted(value)))
        return {**value, key: draw(changed(value[key]))}
    if draw(st.booleans()) and isinstance(value, list) and value:
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], draw(changed(value[place])), *value[place + 1 :]]
    return draw(ANYTHING)


@st.composite
def judged(draw: st.DrawFn) -> Facts:
    """A resource of a case with some part changed, or one of some type with anything in it."""
    some = draw(st.sampled_from(RESOURCES))
    props = draw(changed(some.props) | st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=4))
    stack = draw(st.sampled_from(["local", "prod"]))
    return replace(
        some, props=props if isinstance(props, Mapping) else {}, urn=f"urn:pulumi:{stack}::p::{some.token}::a"
    )


@given(facts=judged(), token=st.sampled_from(TOKENS), same=st.booleans())
def test_no_properties_make_a_rule_fall_over(facts: Facts, token: str, *, same: bool) -> None:
    """Every rule over one resource answers for it, and names a property in each answer."""
    shown = facts if same else replace(facts, token=token)
    single = [rule for rule in FILES.values() if isinstance(rule, Rule) and rule.applies(shown.token)]

    assert all(result.where for rule in single for result in rule.check(shown))


@given(stack=st.lists(judged(), max_size=5))
def test_no_stack_makes_a_rule_fall_over(stack: list[Facts]) -> None:
    """Every rule over a whole stack answers for it, and names a resource in each answer."""
    whole = [rule for rule in FILES.values() if not isinstance(rule, Rule)]

    assert all(result.urn and result.where for rule in whole for result in rule.check(stack))
