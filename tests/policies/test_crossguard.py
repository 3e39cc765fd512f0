"""The adapter hands the engine's resources to the rules, and what the rules say to the engine."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_policy import (
    EnforcementLevel,
    PolicyCustomTimeouts,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UNKNOWN_ARRAY_VALUE, UNKNOWN_STRING_VALUE, unknown_checking_proxy

from policies.crossguard import PENDING_ID, policies
from policies.facts import UNKNOWN, Facts
from policies.message import read
from policies.rule import Enforcement, Pending, Rule
from policies.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKET = "aws:s3/bucket:Bucket"
SEEN: list[Facts] = []


def _watch(facts: Facts) -> Iterator[Pending]:
    SEEN.append(facts)
    yield from (Pending(where=key) for key, value in facts.props.items() if value is UNKNOWN)


WATCHER = replace(
    next(rule for rule in RULES if isinstance(rule, Rule)),
    id="watcher",
    applies=lambda token: token == BUCKET,
    check=_watch,
)


def options(*, protect: bool = False) -> PolicyResourceOptions:
    """Options of a resource as the engine sends them."""
    return PolicyResourceOptions(protect, [], None, [], PolicyCustomTimeouts(0, 0, 0), [], None)


def judged(policy: ResourceValidationPolicy, token: str, props: dict[str, Any], *, stack: str = "local") -> list[str]:
    """The messages of a policy about one resource."""
    urn = f"urn:pulumi:{stack}::groundwork::{token}::thing"
    args = ResourceValidationArgs(token, unknown_checking_proxy(props), urn, "thing", options(protect=True), None)
    messages: list[str] = []
    policy.validate(args, lambda message, _urn: messages.append(message))
    return messages


def resource_policy(name: str, rules: tuple[Any, ...] = RULES) -> ResourceValidationPolicy:
    """The policy of a name."""
    found = next(policy for policy in policies(rules) if policy.name == name)
    assert isinstance(found, ResourceValidationPolicy)
    return found


def test_each_rule_becomes_one_policy_and_one_shows_what_is_pending() -> None:
    """The engine gets every rule under its own id, at its own level."""
    levels = {rule.id: EnforcementLevel(rule.enforcement.value) for rule in RULES}

    assert {**levels, PENDING_ID: EnforcementLevel.ADVISORY} == {
        policy.name: policy.enforcement_level for policy in policies(RULES)
    }


def test_a_rule_sees_plain_values_options_and_unknowns() -> None:
    """Nested values arrive as they are, unknown ones as the marker, and `protect` with them."""
    SEEN.clear()
    props = {"a": {"b": [1.0, {"c": UNKNOWN_STRING_VALUE}, UNKNOWN_ARRAY_VALUE]}, "d": UNKNOWN_STRING_VALUE, "e": None}
    judged(resource_policy("watcher", (WATCHER,)), BUCKET, props, stack="prod")

    assert {"a": {"b": [1.0, {"c": UNKNOWN}, UNKNOWN]}, "d": UNKNOWN, "e": None} == SEEN[0].props
    assert (True, "prod", "thing", BUCKET) == (SEEN[0].protect, SEEN[0].stack, SEEN[0].name, SEEN[0].token)


def test_a_type_that_a_rule_does_not_apply_to_is_not_shown_to_it() -> None:
    """A rule is asked about its own types only."""
    SEEN.clear()
    judged(resource_policy("watcher", (WATCHER,)), "aws:iam/role:Role", {"d": UNKNOWN_STRING_VALUE})

    assert SEEN == []


def test_what_is_pending_is_said_by_its_own_policy() -> None:
    """An unknown value is no violation of the rule, and is said once, with rule and property."""
    props = {"d": UNKNOWN_STRING_VALUE}

    assert judged(resource_policy("watcher", (WATCHER,)), BUCKET, props) == []
    said = [read(message) for message in judged(resource_policy(PENDING_ID, (WATCHER,)), BUCKET, props)]
    assert [("d", True)] == [(message.where, "'watcher'" in message.what) for message in said]


def test_a_violation_carries_property_and_fix() -> None:
    """The text that the engine shows holds all three parts."""
    said = [read(text) for text in judged(resource_policy("s3-acl-private"), BUCKET, {"acl": "public-read"})]

    assert ["acl"] == [message.where for message in said]
    assert all(message.what and message.fix for message in said)


def test_a_stack_rule_sees_what_a_property_was_computed_from() -> None:
    """A block for a bucket whose name is unknown still counts as that bucket's."""
    policy = next(row for row in policies(RULES) if row.name == "s3-public-access-block-present")
    assert isinstance(policy, StackValidationPolicy)
    unknown = unknown_checking_proxy({"bucket": UNKNOWN_STRING_VALUE})
    bucket = PolicyResource(BUCKET, unknown, "urn:bucket", "b", options(), None, None, [], {})
    block = PolicyResource(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        unknown,
        "urn:block",
        "block",
        options(),
        None,
        None,
        [bucket],
        {"bucket": [bucket]},
    )
    named: list[str | None] = []
    policy.validate(StackValidationArgs([bucket, block]), lambda _message, urn: named.append(urn))
    policy.validate(StackValidationArgs([bucket]), lambda _message, urn: named.append(urn))

    assert ["urn:bucket"] == named


def test_the_escape_hatch_names_a_rule_and_softens_it_only() -> None:
    """`policies/unprotected.json` takes one mandatory rule down to advice."""
    hatch = json.loads((Path(__file__).parents[2] / "policies" / "unprotected.json").read_bytes())
    mandatory = {rule.id for rule in RULES if rule.enforcement is Enforcement.MANDATORY}

    assert {"stateful-protected": "advisory"} == hatch
    assert set(hatch) <= mandatory


@pytest.mark.parametrize("value", [True, 1.0, "x"])
def test_scalars_arrive_as_they_are(value: object) -> None:
    """No scalar changes on its way to a rule."""
    SEEN.clear()
    judged(resource_policy("watcher", (WATCHER,)), BUCKET, {"v": value})

    assert {"v": value} == SEEN[0].props
