"""What the rules over clouds look at is there: their types and properties are the installed SDKs' own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from policies.facts import UNKNOWN, Facts, Value
from policies.rule import Rule
from providers.kit import UNKNOWN as KIT_UNKNOWN
from providers.kit import render
from sandbox.plugins.sdk_check import Checker
from sandbox.plugins.sdk_types import ListOf, Property, Ref, ResourceType, Sdk
from tests.policies.test_rules import FILES, table

if TYPE_CHECKING:
    from policies.rule import AnyRule

PACKAGES = ("aws", "cloudflare", "kubernetes")
_TOKEN = re.compile(r'"((?:aws|cloudflare):\w+/\w+:\w+)"')
#: In the name of a case that is about a value, or a property, which its type does not have.
_ON_PURPOSE = "wrong type"
FOLDER = Path(__file__).parents[2] / "policies"
#: Rules over certain types; one over all types asks for no property by name.
TYPED = [file for file, rule in FILES.items() if not (isinstance(rule, Rule) and rule.applies("any:type/at:All"))]
SOURCES = sorted(path for path in (*FOLDER.glob("domain/*.py"), *FOLDER.glob("rules/*/*.py")))


@cache
def sdk(package: str) -> Sdk:
    """The types of an installed SDK."""
    return Sdk(f"pulumi_{package}")


def kind(token: str) -> ResourceType | None:
    """The type of a token; None for one that is not looked up here, as Railway's are."""
    package = token.partition(":")[0]
    return sdk(package).resource(token) if package in PACKAGES else None


class Seen(Mapping[str, Value]):
    """Properties that note which of them were asked for."""

    def __init__(self, values: Mapping[str, Value], path: tuple[str, ...], asked: set[tuple[str, ...]]) -> None:
        self._values, self._path, self._asked = values, path, asked

    def __getitem__(self, key: str) -> Value:
        """A property; that it was asked for is noted, whether it is there or not."""
        path = (*self._path, key)
        self._asked.add(path)
        return self._noting(self._values[key], path)

    def __iter__(self) -> Iterator[str]:
        """The keys."""
        return iter(self._values)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._values)

    def _noting(self, value: Value, path: tuple[str, ...]) -> Value:
        if isinstance(value, Mapping):
            return Seen(value, path, self._asked)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return [self._noting(entry, path) for entry in value]
        return value


def known(properties: Mapping[str, Property], path: tuple[str, ...], own: Sdk) -> bool:
    """Whether a path is one of a type's; below a map, or a policy, every key is."""
    if path[0] not in properties:
        return False
    held = properties[path[0]].type
    while isinstance(held, ListOf):
        held = held.item
    inner = own.resolve(held) if isinstance(held, Ref) else None
    return len(path) == 1 or not isinstance(inner, Mapping) or known(inner, path[1:], own)


def resources(file: str, names: tuple[str, ...]) -> Iterator[tuple[str, Sequence[Facts]]]:
    """Each case of a rule's tables and the resources that it is about."""
    for name in names:
        for case, row in table(file, name).items():
            judged = row if name == "PASS" else cast("tuple[object, object]", row)[0]
            yield case, [judged] if isinstance(judged, Facts) else cast("Sequence[Facts]", judged)


def asked_for(rule: AnyRule, stack: Sequence[Facts]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Type and path of every property that a rule asks of some resources."""
    notes: list[set[tuple[str, ...]]] = [set() for _ in stack]
    noting = [replace(one, props=Seen(one.props, (), asked)) for one, asked in zip(stack, notes, strict=True)]
    if isinstance(rule, Rule):
        for one in noting:
            list(rule.check(one) if rule.applies(one.token) else ())
    else:
        list(rule.check(noting))
    yield from ((one.token, path) for one, asked in zip(stack, notes, strict=True) for path in asked)


def properties(token: str, *, outputs: bool) -> Mapping[str, Property] | None:
    """The inputs of a type, and its outputs, which a stack rule sees too; None: not looked up here."""
    found = kind(token)
    if found is None:
        return None
    return {**found.outputs, **found.inputs} if outputs else found.inputs


def plain(value: Value) -> object:
    """A value as the checker takes it."""
    if value is UNKNOWN:
        return KIT_UNKNOWN
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(part) for part in value]
    return value


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_every_type_that_a_rule_names_exists(source: Path) -> None:
    """A rule over a type that no SDK has judges nothing."""
    named = set(_TOKEN.findall(source.read_text("utf-8")))

    assert {token for token in named if token not in sdk(token.partition(":")[0]).source.resources} == set()


def test_types_are_found_in_the_rules() -> None:
    """The search for types in the rules' source finds them: a hundred at least."""
    assert len({token for source in SOURCES for token in _TOKEN.findall(source.read_text("utf-8"))}) > 100


@pytest.mark.parametrize("file", TYPED)
def test_every_property_that_a_rule_asks_for_exists(file: str) -> None:
    """What a rule asks for is a property of one of its types at least: it would never find one that is misspelt."""
    rule = FILES[file]
    outputs = not isinstance(rule, Rule)
    asked: dict[tuple[str, ...], bool] = {}
    for _, stack in resources(file, ("PASS", "FAIL", "PENDING")):
        for token, path in asked_for(rule, stack):
            held = properties(token, outputs=outputs)
            if held is not None:
                own = sdk(token.partition(":")[0])
                # `id` is every resource's output; the SDK's classes inherit it.
                asked[path] = asked.get(path, False) or path == ("id",) or known(held, path, own)

    assert [".".join(path) for path, exists in sorted(asked.items()) if not exists] == []


@pytest.mark.parametrize("file", TYPED)
def test_cases_are_about_what_a_program_can_declare(file: str) -> None:
    """The properties of a case are of the types that the SDK declares, so that a rule is proven on what there is."""
    wrong = []
    for case, stack in resources(file, ("PASS", "FAIL")):
        for one in stack if _ON_PURPOSE not in case else ():
            held = properties(one.token, outputs=not isinstance(FILES[file], Rule))
            if held is not None:
                props = cast("dict[str, object]", plain({key: part for key, part in one.props.items() if key != "id"}))
                failures = Checker(sdk(one.token.partition(":")[0])).failures(held, props)
                # A case gives what it is about; what else is required is left out.
                wrong += [
                    f"{case}: {render(failure.path)}: {failure.reason}"
                    for failure in failures
                    if "is missing" not in failure.reason
                ]

    assert wrong == []
