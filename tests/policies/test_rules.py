"""Every rule over its own tables of cases: what passes, what fails, what cannot be judged yet."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

import pytest

from policies import rules
from policies.facts import Facts
from policies.rule import Pending, Rule, Violation
from policies.rules import RULES

if TYPE_CHECKING:
    from policies.rule import AnyRule
    from tests.policies.make import Said

Judged: TypeAlias = Facts | Sequence[Facts]
CASES = Path(__file__).parent / "cases"
TABLES = ("PASS", "FAIL", "PENDING")
#: Pack and file of each rule, as in `storage.s3_acl` -> the rule.
FILES: dict[str, AnyRule] = {
    f"{pack.name}.{info.name}": importlib.import_module(f"policies.rules.{pack.name}.{info.name}").RULE
    for pack in pkgutil.iter_modules(rules.__path__)
    for info in pkgutil.iter_modules([str(Path(rules.__path__[0]) / pack.name)])
}


def table(file: str, name: str) -> Mapping[str, object]:
    """A table of a rule's cases; empty when there is none."""
    try:
        cases = importlib.import_module(f"tests.policies.cases.{file}")
    except ModuleNotFoundError:
        return {}
    return cast("Mapping[str, object]", getattr(cases, name, {}))


def said(rule: AnyRule, judged: Judged) -> Said:
    """What the rule says, in the form of the tables; nothing about a type that it does not apply to."""
    if isinstance(rule, Rule):
        assert isinstance(judged, Facts)
        results = list(rule.check(judged)) if rule.applies(judged.token) else []
    else:
        assert not isinstance(judged, Facts)
        results = list(rule.check(judged))
    return tuple(f"?{result.where}" if isinstance(result, Pending) else result.where for result in results)


def rows(name: str) -> list[object]:
    """A parameter for each case of a table, over all rules."""
    return [pytest.param(file, case, id=f"{file}: {case}") for file in FILES for case in table(file, name)]


@pytest.mark.parametrize(("file", "case"), rows("PASS"))
def test_what_keeps_to_the_rule_passes(file: str, case: str) -> None:
    """A resource that keeps to the rule is not mentioned by it."""
    judged = cast("Judged", table(file, "PASS")[case])

    assert said(FILES[file], judged) == ()


@pytest.mark.parametrize(("file", "case"), [*rows("FAIL")])
def test_what_breaks_the_rule_is_named_by_its_property(file: str, case: str) -> None:
    """A resource that breaks the rule is found, with exactly the properties that break it."""
    judged, expected = cast("tuple[Judged, Said]", table(file, "FAIL")[case])

    assert expected == said(FILES[file], judged)


@pytest.mark.parametrize(("file", "case"), [*rows("PENDING")])
def test_an_unknown_value_is_neither_a_crash_nor_a_pass(file: str, case: str) -> None:
    """Where a value that the rule must know is unknown, the rule says which."""
    judged, expected = cast("tuple[Judged, Said]", table(file, "PENDING")[case])

    assert expected == said(FILES[file], judged)


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("file", FILES)
def test_each_rule_has_cases_that_pass_that_fail_and_that_are_unknown(file: str, name: str) -> None:
    """A rule without one of its three tables is not proven."""
    assert table(file, name), f"tests/policies/cases/{file.replace('.', '/')}.py has no {name}"


@pytest.mark.parametrize("file", [f"{path.parent.name}.{path.stem}" for path in CASES.glob("*/*.py")])
def test_no_table_is_left_over(file: str) -> None:
    """A file of cases belongs to a rule that exists."""
    assert file in FILES


def test_the_pack_holds_every_rule_of_its_folder() -> None:
    """A rule's file that the pack does not list would never be asked."""
    assert sorted(rule.id for rule in FILES.values()) == sorted(rule.id for rule in RULES)


def test_ids_are_unique() -> None:
    """An id names one rule: suppressions and searches go by it."""
    assert len(RULES) == len({rule.id for rule in RULES})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_why_and_what_to_do(rule: AnyRule) -> None:
    """Title, reason, fix and a link are there, since they are all that a person gets to see."""
    assert all((rule.title, rule.why, rule.fix))
    assert rule.link.startswith("https://")


@pytest.mark.parametrize(("file", "case"), [*rows("FAIL")])
def test_a_violation_says_what_and_where_in_one_line_each(file: str, case: str) -> None:
    """Both parts of a violation are there and keep to one line, as the message format needs."""
    judged, _ = cast("tuple[Judged, Said]", table(file, "FAIL")[case])
    rule = FILES[file]
    found = rule.check(cast("Facts", judged)) if isinstance(rule, Rule) else rule.check(cast("Sequence[Facts]", judged))
    lines = [part for row in found if isinstance(row, Violation) for part in (row.what, row.where)]

    assert lines
    assert all(part and "\n" not in part for part in lines)
