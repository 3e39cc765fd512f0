"""checkov, asked by the rules' checks, says of every case what CrossGuard says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from policies.checkov import mapping, own
from policies.checkov.mapping import Kind, Shape
from policies.facts import UNKNOWN
from tests.e2e.policies.agreement.asked import over_manifests, over_plan
from tests.policies.checkov.checks.told import MALFORMED, SHARED, cases, has_unknown, passed, telling

if TYPE_CHECKING:
    from pathlib import Path

    from policies.facts import Facts, Value
    from policies.rule import Rule
    from tests.e2e.policies.agreement.asked import Verdicts

pytestmark = pytest.mark.e2e

#: Cases that checkov cannot be shown.
FATAL = {
    "storage.s3_bucket_policy: FAIL JSON, nested without end": "checkov itself falls over it",
}
_IN_CLUSTER = "kubernetes:"


@dataclass(frozen=True)
class Case:
    """A case of a rule's tables, as a plan or a manifest tells of it."""

    title: str
    rule: Rule
    facts: Facts


def _cases() -> list[Case]:
    return [
        Case(f"{file}: {title}", rule, telling(facts))
        for file, rule in SHARED.items()
        for title, facts in cases(file)
        if rule.applies(facts.token) and MALFORMED not in title
    ]


def _is_told_of(facts: Facts) -> bool:
    """Whether checkov is told of every part of a resource that is not known.

    It leaves out what is not known in a map, or among the blocks of a list: then a rule sees a resource without it.
    """
    mapped = mapping.of_token(facts.token)
    return mapped is not None and not _leaves_out(facts.props, Shape(Kind.OBJECT, block=mapped.block))


def _leaves_out(value: Value, shape: Shape) -> bool:
    if isinstance(value, Mapping) and shape.block is not None:
        named = shape.block.pulumi
        return any(_leaves_out(entry, named[key][1]) for key, entry in value.items() if key in named)
    if isinstance(value, Mapping) and shape.kind is Kind.MAP:
        return UNKNOWN in value.values()
    if isinstance(value, list) and shape.element is not None and shape.element.block is not None:
        return UNKNOWN in value or any(_leaves_out(entry, shape.element) for entry in value)
    return _leaves_out(value, shape.element) if shape.one and shape.element is not None else False


def _differing(made: Mapping[str, Case], told: Verdicts) -> dict[str, tuple[bool | None, bool | None]]:
    """The cases of which the rule itself says something else than checkov; both verdicts."""
    verdicts = {
        case.title: (passed(case.rule, case.facts), told.get((name, own.check_id(case.rule))))
        for name, case in made.items()
    }
    return {title: both for title, both in verdicts.items() if both[0] is not both[1]}


def test_checkov_says_the_same_of_a_plan(tmp_path: Path) -> None:
    """Over one plan of every case, each check says what its rule says of the Pulumi resource."""
    chosen = [case for case in _cases() if case.title not in FATAL and _is_told_of(case.facts)]
    made = {f"{case.facts.name}-{number}": case for number, case in enumerate(chosen)}
    told = over_plan(tmp_path, {name: case.facts for name, case in made.items()})

    assert {} == _differing(made, told)


def test_checkov_says_the_same_of_manifests(tmp_path: Path) -> None:
    """Over the manifest of every case, each check says what its rule says; a manifest has nothing that is not known."""
    chosen = [
        case for case in _cases() if case.facts.token.startswith(_IN_CLUSTER) and not has_unknown(case.facts.props)
    ]
    made = {f"{case.facts.name}-{number}": case for number, case in enumerate(chosen)}
    told = over_manifests(tmp_path, {name: case.facts for name, case in made.items()})

    assert {} == _differing(made, told)
