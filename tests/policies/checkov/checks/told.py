"""Cases of rules as a plan holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from policies.checkov import mapping, own
from policies.checkov.mapping import Kind, Shape
from policies.facts import UNKNOWN, Facts, Value, entries, look
from policies.preview import SECRET
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
    """Every case of a rule: its table and name, and the resource.

    Those are left out that are about what a program has marked secret: the pack alone is told of it.
    """
    for name in TABLES:
        for case, row in table(file, name).items():
            facts = cast("Facts", row if isinstance(row, Facts) else cast("tuple[object]", row)[0])
            if not facts.secret:
                yield f"{name} {case}", facts


def telling(facts: Facts) -> Facts:
    """The resource as a plan or a manifest can tell of it.

    Its stack is a tag or a label, where it may have one, and `protect` is nowhere.
    """
    whole = replace(facts, protect=False)
    if facts.token.startswith("kubernetes:") and facts.token.endswith("List"):
        items = [_labelled(item, facts.stack) or item for item in entries(facts.props.get("items"))]
        return replace(whole, props={**facts.props, "items": items})
    if facts.token.startswith("kubernetes:"):
        labelled = _labelled(facts.props, facts.stack)
        return replace(whole, props=labelled) if isinstance(labelled, Mapping) else replace(whole, urn="")
    mapped = mapping.of_token(facts.token)
    tags = facts.props.get("tags", {})
    if mapped and "tags" in mapped.block.pulumi and isinstance(tags, Mapping) and UNKNOWN not in tags.values():
        return replace(whole, props={**facts.props, "tags": {**tags, "stack": facts.stack}})
    return replace(whole, urn="")


def _labelled(item: Value, stack: str) -> Value:
    """An object with the label that tells its stack; None where its labels are not known."""
    metadata = look(item, "metadata") or {}
    labels = look(metadata, "labels") or {}
    if not isinstance(item, Mapping) or not isinstance(metadata, Mapping) or not isinstance(labels, Mapping):
        return None
    return {**item, "metadata": {**metadata, "labels": {**labels, "groundwork.dev/stack": stack}}}


def plan_tells(facts: Facts) -> bool:
    """Whether a plan tells what Pulumi does: a document of which a part is not known it does not have at all."""
    return mapping.of_token(facts.token) is not None and not any(
        shape.kind is Kind.STRING and not isinstance(value, str) and value is not UNKNOWN and has_unknown(value)
        for value, shape in parts(facts)
    )


def parts(facts: Facts) -> Iterator[tuple[Value, Shape]]:
    """Every value of a resource that the tables know, and every value in one, with its shape."""
    mapped = mapping.of_token(facts.token)
    left: list[tuple[Value, Shape]] = [(facts.props, Shape(Kind.OBJECT, block=mapped.block))] if mapped else []
    while left:
        value, shape = left.pop()
        yield value, shape
        if isinstance(value, Mapping) and shape.block is not None:
            left += [(entry, shape.block.pulumi[key][1]) for key, entry in value.items() if key in shape.block.pulumi]
        elif isinstance(value, Sequence) and not isinstance(value, str) and shape.element is not None:
            left += [(entry, shape.element) for entry in value]
        elif shape.one and shape.element is not None:
            left.append((value, shape.element))


def has_unknown(value: Value) -> bool:
    """Whether some part of a value is not known, or hidden."""
    if isinstance(value, Mapping):
        return any(map(has_unknown, value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(map(has_unknown, value))
    return value in (UNKNOWN, SECRET)


def passed(rule: Rule, facts: Facts) -> bool | None:
    """What the rule says of a resource, as CrossGuard asks it; where the stack is not told, what is said in all."""
    if facts.urn:
        results = list(rule.check(facts)) if rule.applies(facts.token) else [Pending(where="another type")]
        return False if any(not isinstance(row, Pending) for row in results) else None if results else True
    said = {passed(rule, replace(facts, urn=f"urn:pulumi:{stack}::a::b::c")) for stack in own.STACKS}
    return said.pop() if len(said) == 1 else None
