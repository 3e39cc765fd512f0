"""A rule says the same of a resource whichever engine shows it; `tests/e2e/policies/agreement` asks checkov itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from pulumi_policy import PolicyProviderResource, ResourceValidationArgs
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, unknown_checking_proxy

from policies.checkov import back, forward, mapping, own
from policies.facts import UNKNOWN, Facts, Value
from tests.policies.checkov.checks.told import MALFORMED, SHARED, cases, passed, plan_tells, telling
from tests.policies.test_crossguard import options, resource_policy

if TYPE_CHECKING:
    from pulumi_policy import ResourceValidationPolicy

_PROVIDER = PolicyProviderResource("pulumi:providers:aws", {}, "urn:aws", "aws")


def _rows(*, mapped: bool) -> list[object]:
    return [
        pytest.param(SHARED[file].id, case, id=f"{file}: {case}")
        for file in SHARED
        for case, facts in cases(file)
        if not mapped or (plan_tells(facts) and MALFORMED not in case)
    ]


_FILES = {rule.id: file for file, rule in SHARED.items()}


def _case(rule: str, case: str) -> Facts:
    return dict(cases(_FILES[rule]))[case]


@cache
def _policy(rule: str) -> ResourceValidationPolicy:
    return resource_policy(rule)


def _sent(value: Value) -> object:
    """A value as the engine sends it."""
    if isinstance(value, Mapping):
        return {key: _sent(entry) for key, entry in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_sent(entry) for entry in value]
    return UNKNOWN_STRING_VALUE if value is UNKNOWN else value


@pytest.mark.parametrize(("rule", "case"), _rows(mapped=True))
def test_a_rule_says_the_same_after_the_way_there_and_back(rule: str, case: str) -> None:
    """Pulumi's values in Terraform's words and back make no rule change its mind."""
    facts = telling(_case(rule, case))
    mapped = mapping.of_token(facts.token)
    assert mapped is not None
    known, unknown = forward.fields(facts.props, mapped.block)
    there_and_back = back.facts(mapped.type, known, unknown)
    assert there_and_back is not None

    asked = SHARED[_FILES[rule]]
    shown = own.of_stack(replace(there_and_back, name=facts.name))
    assert passed(asked, facts) is own.judge(asked, shown).passed


@pytest.mark.parametrize(("rule", "case"), _rows(mapped=False))
def test_crossguard_says_what_the_rule_says(rule: str, case: str) -> None:
    """The policy of the pack finds what the rule itself finds, so what checkov is held to is CrossGuard's verdict."""
    facts = _case(rule, case)
    props = {key: _sent(value) for key, value in facts.props.items()}
    args = ResourceValidationArgs(
        facts.token, unknown_checking_proxy(props), facts.urn, facts.name, options(), _PROVIDER
    )
    messages: list[str] = []
    _policy(rule).validate(args, lambda message, _urn: messages.append(message))

    assert (passed(SHARED[_FILES[rule]], facts) is False) is bool(messages)
