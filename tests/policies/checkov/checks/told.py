"""Cases of rules as a plan holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from policies.checkov import mapping, own
from policies.facts import UNKNOWN, Facts, Value
from policies.rule import Pending, Rule
from tests.policies.test_rules import FILES, TABLES, table

#: Rules that both engines can be asked, by pack and file.
SHARED: dict[str, Rule] = {
    file: rule for file, rule in FILES.items() if isinstance(rule, Rule) and rule.id not in own.ONLY_CROSSGUARD
}

#: Cases over values that a provider takes for another type's: the bridge makes the declared type of some of them, as a
#: plan has no other, so that a rule may be asked about something else.
MALFORMED = "wrong type: "


def cases(file: str) -> Iterator[tuple[str, Facts]]:
    """Every case of a rule: its table and name, and the resource."""
    for name in TABLES:
        for case, row in table(file, name).items():
            yield f"{name} {case}", cast("Facts", row if isinstance(row, Facts) else cast("tuple[object]", row)[0])


def telling(facts: Facts) -> Facts:
    """The resource as a plan or a manifest can tell of it.

    Its stack is a tag or a label, where it may have one, and `protect` is nowhere.
    """
    whole = replace(facts, protect=False)
    if facts.token.startswith("kubernetes:"):
        metadata = facts.props.get("metadata") or {}
        labels = metadata.get("labels") or {} if isinstance(metadata, Mapping) else UNKNOWN
        if isinstance(metadata, Mapping) and isinstance(labels, Mapping):
            told = {**metadata, "labels": {**labels, "groundwork.dev/stack": facts.stack}}
            return replace(whole, props={**facts.props, "metadata": told})
        return replace(whole, urn="")
    mapped = mapping.of_token(facts.token)
    tags = facts.props.get("tags", {})
    if mapped and "tags" in mapped.block.pulumi and isinstance(tags, Mapping) and UNKNOWN not in tags.values():
        return replace(whole, props={**facts.props, "tags": {**tags, "stack": facts.stack}})
    return replace(whole, urn="")


def has_unknown(value: Value) -> bool:
    """Whether some part of a value is not known."""
    if isinstance(value, Mapping):
        return any(map(has_unknown, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(map(has_unknown, value))
    return value is UNKNOWN


def passed(rule: Rule, facts: Facts) -> bool | None:
    """What the rule says of a resource, as CrossGuard asks it; where the stack is not told, what is said in all."""
    if facts.urn:
        results = list(rule.check(facts)) if rule.applies(facts.token) else [Pending(where="another type")]
        return False if any(not isinstance(row, Pending) for row in results) else None if results else True
    said = {passed(rule, replace(facts, urn=f"urn:pulumi:{stack}::a::b::c")) for stack in own.STACKS}
    return said.pop() if len(said) == 1 else None
