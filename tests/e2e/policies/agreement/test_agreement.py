"""checkov, asked by the rules' checks, says of every case what CrossGuard says."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from policies.checkov import own
from policies.checkov.mapping import Kind
from policies.facts import UNKNOWN
from tests.e2e.policies.agreement.asked import over_manifests, over_plan
from tests.policies.checkov.checks.told import MALFORMED, SHARED, cases, has_unknown, parts, passed, plan_tells, telling

if TYPE_CHECKING:
    from pathlib import Path

    from policies.checkov.mapping import Shape
    from policies.facts import Facts, Value
    from policies.rule import Rule
    from tests.e2e.policies.agreement.asked import Verdicts

pytestmark = pytest.mark.e2e

#: Cases that checkov takes for no manifests, and passes over.
NO_MANIFEST = {"secrets.pod_env: PASS a name that is no text"}
#: What has a manifest: no patch.
_OBJECT = re.compile(r"kubernetes:(?!.*Patch(?:List)?$).+")


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


def _is_readable(facts: Facts) -> bool:
    """Whether checkov can read the JSON in a resource: it falls over what is too deep, or a number that is too long."""
    for value in facts.props.values():
        try:
            json.loads(value if isinstance(value, str) else "0")
        except json.JSONDecodeError:
            continue
        except (RecursionError, ValueError):
            return False
    return True


def _is_told_of(facts: Facts) -> bool:
    """Whether checkov is told of every part of a resource that is not known.

    It leaves out what is not known in a map or an object, or among the blocks of a list: then a rule sees a resource
    without it.
    """
    return plan_tells(facts) and not any(_leaves_out(value, shape) for value, shape in parts(facts))


def _leaves_out(value: Value, shape: Shape) -> bool:
    if isinstance(value, Mapping) and shape.kind is Kind.MAP:
        return UNKNOWN in value.values()
    if isinstance(value, Mapping) and shape.block is not None:
        fields = [(value[key], field) for key, (_, field) in shape.block.pulumi.items() if key in value]
        return any(field.kind is Kind.OBJECT and part is not UNKNOWN and has_unknown(part) for part, field in fields)
    blocks = shape.element is not None and shape.element.block is not None
    return blocks and isinstance(value, list) and UNKNOWN in value


def _differing(made: Mapping[str, Case], told: Verdicts) -> dict[str, tuple[bool | None, bool | None]]:
    """The cases of which the rule itself says something else than checkov; both verdicts."""
    verdicts = {
        case.title: (passed(case.rule, case.facts), told.get((name, own.check_id(case.rule))))
        for name, case in made.items()
    }
    return {title: both for title, both in verdicts.items() if both[0] is not both[1]}


def test_checkov_says_the_same_of_a_plan(tmp_path: Path) -> None:
    """Over one plan of every case, each check says what its rule says of the Pulumi resource."""
    chosen = [case for case in _cases() if _is_readable(case.facts) and _is_told_of(case.facts)]
    made = {f"{case.facts.name}-{number}": case for number, case in enumerate(chosen)}
    told = over_plan(tmp_path, {name: case.facts for name, case in made.items()})

    assert {} == _differing(made, told)


def test_checkov_says_the_same_of_manifests(tmp_path: Path) -> None:
    """Over the manifest of every case, each check says what its rule says; a manifest has nothing that is not known."""
    chosen = [
        case
        for case in _cases()
        if case.title not in NO_MANIFEST and _OBJECT.fullmatch(case.facts.token) and not has_unknown(case.facts.props)
    ]
    made = {f"{case.facts.name}-{number}": case for number, case in enumerate(chosen)}
    told = over_manifests(tmp_path, {name: case.facts for name, case in made.items()})

    assert {} == _differing(made, told)
