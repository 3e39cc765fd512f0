"""The adapter hands the engine's resources to the rules, and what the rules say to the engine."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_policy import (
    EnforcementLevel,
    PolicyCustomTimeouts,
    PolicyProviderResource,
    PolicyResource,
    PolicyResourceOptions,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.deserialize import SPECIAL_SECRET_SIG, SPECIAL_SIG_KEY, deserialize_properties
from pulumi_policy.proxy import UNKNOWN_ARRAY_VALUE, UNKNOWN_STRING_VALUE, unknown_checking_proxy

from policies.crossguard import MARKED_ID, policies
from policies.excused import Excused
from policies.facts import UNKNOWN, Facts
from policies.message import SUPPRESSED_ID, SUPPRESSED_IN_STACK_ID, Message, read
from policies.pending import PENDING_ID
from policies.rule import Enforcement, Pending, Rule
from policies.rules import RULES
from policies.suppression import Suppression

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


TODAY = dt.date(2026, 11, 21)
COMPONENT = "groundwork:vault:Vault"
PUBLIC = {"acl": "public-read"}
ACL = "s3-acl-private"


def options(*, protect: bool = False, parent: str | None = None) -> PolicyResourceOptions:
    """Options of a resource as the engine sends them."""
    return PolicyResourceOptions(protect, [], None, [], PolicyCustomTimeouts(0, 0, 0), [], parent)


def urn_of(token: str, stack: str = "local") -> str:
    """The one resource of a type."""
    return f"urn:pulumi:{stack}::groundwork::{token}::thing"


def judged(
    policy: ResourceValidationPolicy, token: str, props: dict[str, Any], *, stack: str = "local", parent: str = ""
) -> list[str]:
    """The messages of a policy about one resource; what is of ours is a component, all else has a provider."""
    provider = None if token == COMPONENT else PolicyProviderResource("pulumi:providers:aws", {}, "urn:aws", "aws")
    args = ResourceValidationArgs(
        token,
        unknown_checking_proxy(props),
        urn_of(token, stack),
        "thing",
        options(protect=True, parent=parent or None),
        provider,
    )
    messages: list[str] = []
    policy.validate(args, lambda message, _urn: messages.append(message))
    return messages


def resource_policy(name: str, rules: tuple[Any, ...] = RULES) -> ResourceValidationPolicy:
    """The policy of a name."""
    found = next(policy for policy in policies(rules, Excused((), TODAY)) if policy.name == name)
    assert isinstance(found, ResourceValidationPolicy)
    return found


def stack_policy(name: str, *excuses: Suppression) -> StackValidationPolicy:
    """The policy of a name over the whole stack."""
    found = next(policy for policy in policies(RULES, Excused(excuses, TODAY)) if policy.name == name)
    assert isinstance(found, StackValidationPolicy)
    return found


def of_stack(policy: StackValidationPolicy, *resources: PolicyResource) -> list[str]:
    """The messages of a policy about a stack."""
    messages: list[str] = []
    policy.validate(StackValidationArgs(list(resources)), lambda message, _urn: messages.append(message))
    return messages


def excuse(rule: str = ACL, where: str = urn_of(BUCKET), expires: dt.date = TODAY) -> Suppression:
    """An excuse of the file."""
    return Suppression(id=rule, where=where, reason="a public site's own files", owner="web", expires=expires)


def said(excuses: tuple[Suppression, ...], entries: list[dict[str, str]]) -> dict[str, list[Message]]:
    """What is said of a public bucket below a component that excuses, by policy; the component is shown first."""
    made = policies(RULES, Excused(excuses, TODAY))
    single = {policy.name: policy for policy in made if isinstance(policy, ResourceValidationPolicy)}
    inputs = {"suppressions": entries} if entries else {}
    for policy in single.values():
        judged(policy, COMPONENT, inputs)
    told = {
        name: judged(policy, BUCKET, {**PUBLIC, "tags": {}}, parent=urn_of(COMPONENT))
        for name, policy in single.items()
    }
    return {name: [read(message) for message in told[name]] for name in (ACL, SUPPRESSED_ID)}


ENTRY = {"id": ACL, "reason": "a public site's own files", "owner": "web", "expires": "2026-11-21"}


def test_each_rule_becomes_one_policy_and_others_show_what_stops_nothing() -> None:
    """The engine gets every rule under its own id, at its own level; what is excused or pending is advice."""
    levels = {rule.id: EnforcementLevel(rule.enforcement.value) for rule in RULES}
    shown = dict.fromkeys((PENDING_ID, SUPPRESSED_ID, SUPPRESSED_IN_STACK_ID), EnforcementLevel.ADVISORY)
    noting = {MARKED_ID: EnforcementLevel.REMEDIATE}

    assert {**levels, **shown, **noting} == {
        policy.name: policy.enforcement_level for policy in policies(RULES, Excused((), TODAY))
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
    policy = stack_policy("s3-public-access-block-present")
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


def test_without_an_excuse_a_violation_is_the_rules_own() -> None:
    """A public bucket is told under its rule, and nothing under the policy of excused ones."""
    found = said((), [])

    assert (1, []) == (len(found[ACL]), found[SUPPRESSED_ID])


@pytest.mark.parametrize(
    ("excuses", "entries"),
    [((excuse(),), []), ((excuse(where=urn_of(COMPONENT)),), []), ((), [ENTRY])],
    ids=["file", "file, of the parent", "component"],
)
def test_an_excused_violation_stops_nothing_and_is_told(
    excuses: tuple[Suppression, ...], entries: list[dict[str, str]]
) -> None:
    """It moves from its rule to the policy of excused ones, with who answers for it and the rule's own words."""
    found = said(excuses, entries)
    (told,) = found[SUPPRESSED_ID]

    assert [] == found[ACL]
    assert said((), [])[ACL] == [replace(told, suppressed=None)]
    assert told.suppressed is not None
    assert (ACL, "web") == (told.suppressed.id, told.suppressed.owner)


@pytest.mark.parametrize(
    ("excuses", "entries"),
    [
        ((excuse(expires=TODAY - dt.timedelta(1)),), []),
        ((excuse(rule="required-tags"),), []),
        ((excuse(where=urn_of(BUCKET, "prod")),), []),
        ((), [{**ENTRY, "expires": "2026-11-20"}]),
        ((), [{**ENTRY, "id": "required-tags"}]),
        ((), [{key: value for key, value in ENTRY.items() if key != "owner"}]),
    ],
    ids=["expired", "another rule", "another stack", "expired below", "another rule below", "nobody answers"],
)
def test_what_does_not_hold_excuses_nothing(excuses: tuple[Suppression, ...], entries: list[dict[str, str]]) -> None:
    """An excuse that expired yesterday, is for something else or is not whole leaves the violation as it is."""
    assert said((), [])[ACL] == said(excuses, entries)[ACL]


def test_what_a_provider_makes_excuses_nothing() -> None:
    """An input of that name is a component's own: a resource cannot let itself off."""
    policy = resource_policy(ACL)

    assert 1 == len(judged(policy, BUCKET, {**PUBLIC, "suppressions": [ENTRY]}))


def test_a_stack_rules_violation_is_excused_likewise() -> None:
    """A bucket without its block, excused in the file, is told under the stack's policy of excused ones alone."""
    rule = "s3-public-access-block-present"
    bucket = PolicyResource(BUCKET, unknown_checking_proxy({}), urn_of(BUCKET), "b", options(), None, None, [], {})

    assert [] == of_stack(stack_policy(rule, excuse(rule)), bucket)
    (message,) = of_stack(stack_policy(SUPPRESSED_IN_STACK_ID, excuse(rule)), bucket)
    assert excuse(rule) == read(message).suppressed


def test_a_rule_is_told_what_the_program_marked_secret() -> None:
    """The engine asks for remediations first, and shows the marks there; the values stay what they are."""
    SEEN.clear()
    made = policies((WATCHER,), Excused((), TODAY))
    noting, watching = (
        next(row for row in made if isinstance(row, ResourceValidationPolicy) and row.name == name)
        for name in (MARKED_ID, "watcher")
    )
    secret = {SPECIAL_SIG_KEY: SPECIAL_SECRET_SIG, "value": "x"}
    sent = {"a": [{"b": secret}, "plain", secret], "c": {"d e": secret}, "f": "plain", "g": UNKNOWN_STRING_VALUE}
    marked = ResourceValidationArgs(
        BUCKET, deserialize_properties(sent, proxy_secrets=True), urn_of(BUCKET), "thing", options(), None
    )

    changed = noting.remediate(marked)
    judged(watching, BUCKET, deserialize_properties(sent))

    assert changed is None
    assert {"a[0].b", "a[2]", "c.d e"} == SEEN[0].secret
    assert {"a": [{"b": "x"}, "plain", "x"], "c": {"d e": "x"}, "f": "plain", "g": UNKNOWN} == SEEN[0].props
