"""No rule falls silent or falls over because a value is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policies.facts import UNKNOWN, Facts, Value
from policies.rule import Rule
from policies.rules import RULES
from tests.policies.make import WORKLOADS, facts
from tests.policies.test_rules import FILES, table

if TYPE_CHECKING:
    from tests.policies.make import Said

SINGLE = {file: rule for file, rule in FILES.items() if isinstance(rule, Rule)}
#: A value that is not known was computed, so it is no literal; the update, which knows it, judges it.
LITERALS = {"secrets.no_literal"}
BREAKING = [(file, case) for file in SINGLE if file not in LITERALS for case in table(file, "FAIL")]
TOKENS = st.sampled_from(
    [
        *(f"kubernetes:{kind}" for kind in WORKLOADS),
        "kubernetes:core/v1:PodList",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/accessPoint:AccessPoint",
        "aws:autoscaling/group:Group",
        "cloudflare:index/r2ManagedDomain:R2ManagedDomain",
    ]
)
KEYS = st.sampled_from(
    [
        *("metadata", "labels", "spec", "template", "jobTemplate", "containers", "items", "securityContext"),
        *("resources", "limits", "image", "name", "capabilities", "drop", "tags", "acl", "grants", "enabled"),
        *("policy", "Statement", "Condition", "Principal"),
    ]
)
SCALARS = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just(UNKNOWN)
VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


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


@example(token="aws:s3/bucket:Bucket", props={"acl": []}, stack="local")  # noqa: S106 - a type
@given(token=TOKENS, props=st.dictionaries(KEYS, VALUES, max_size=4), stack=st.sampled_from(["local", "prod"]))
def test_no_shape_of_properties_makes_a_rule_fall_over(token: str, props: dict[str, Value], stack: str) -> None:
    """Every rule answers for whatever properties a program gives, and names the property in each answer."""
    judged = facts(token, props, stack=stack)
    answers = [
        result
        for rule in RULES
        for result in (rule.check(judged) if isinstance(rule, Rule) and rule.applies(token) else ())
    ]

    assert all(result.where for result in answers)
