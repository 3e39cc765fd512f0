"""A mutant on trial: whether the tables of cases tell it from the rule that it was made from."""

from __future__ import annotations

import ast
import importlib
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

from tests.policies.mutation.mutants import TURN, Mutant, compiled, mutants
from tests.policies.test_rules import FILES, said, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import CodeType

    from tests.policies.make import Said
    from tests.policies.test_rules import Judged

#: Turns of all loops together, after which a mutant counts as endless; the largest sound one takes some hundreds.
TURNS = 100_000

#: Modules that rules are built from and that are not mutated, each with the reason.
SPARED = {
    "policies.facts": "its marker is one object, that rules and cases share; tests/policies/test_facts.py tests it",
    "policies.rule": "its classes are shared by rules and cases; it decides nothing",
    "policies.preview": "rules take the marker of a secret from it, no more; test_preview.py tests it",
    "policies.domain.required": "two lists, that tests/policies/test_rules.py and infra's own tests hold",
    "policies.domain.catalogue": "it reads a list that tests/policies/domain/test_catalogue.py holds",
}


class EndlessError(Exception):
    """A loop of a mutant took more turns than any sound one."""


def module_of(file: str) -> str:
    """The module of a rule's file, as in ``storage.s3_acl``."""
    return f"policies.rules.{file}"


@cache
def source(module: str) -> str:
    """The source of a module."""
    return Path(cast("str", importlib.import_module(module).__file__)).read_text("utf-8")


@cache
def needs(module: str) -> frozenset[str]:
    """The modules of `policies` that a module imports names from, itself or through another, without the spared."""
    named = {
        node.module
        for node in ast.walk(ast.parse(source(module)))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("policies.")
    } - SPARED.keys()
    return frozenset(named.union(*(needs(one) for one in named)))


def helpers() -> list[str]:
    """The modules that rules share, sorted."""
    return sorted(frozenset[str]().union(*(needs(module_of(file)) for file in FILES)))


def survivors(module: str) -> list[Mutant]:
    """The mutants of a rule's module, or of a helper, that every case of the rules concerned lets pass."""
    return [mutant for mutant in mutants(source(module)) if not is_found(module, mutant.code)]


def is_found(module: str, code: tuple[CodeType, ...]) -> bool:
    """Whether some case comes out otherwise, or falls over, when this code stands for the module."""
    files = [file for file in FILES if module == module_of(file) or module in needs(module_of(file))]
    tables = {file: cases(file) for file in files}
    between = [one for one in helpers() if module in needs(one)]
    turns = Turns(TURNS)
    with _kept_modules():
        try:
            _run(module, code, turns)
            # What needs more comes later: `needs` holds what is needed through another, too.
            for one in sorted(between, key=lambda name: len(needs(name))):
                _run(one, plain(one), turns)
            for file in files:
                rule = _run(module_of(file), plain(module_of(file)) if module != module_of(file) else code, turns).RULE
                if any(said(rule, judged) != expected for judged, expected in tables[file]):
                    return True
        except Exception:  # noqa: BLE001 - whatever a mutant raises, a test of its cases would be red
            return True
    return False


@cache
def plain(module: str) -> tuple[CodeType, ...]:
    """The statements of a module as they are."""
    return compiled(source(module))


@cache
def cases(file: str) -> tuple[tuple[Judged, Said], ...]:
    """Every case of a rule with what the rule must say of it."""
    passing = [(judged, ()) for judged in table(file, "PASS").values()]
    other = [case for name in ("FAIL", "PENDING") for case in table(file, name).values()]
    return tuple(cast("list[tuple[Judged, Said]]", [*passing, *other]))


class Turns:
    """Counts the turns of all loops, and ends them when there are too many."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def __call__(self) -> None:
        """Count one.

        Raises:
            EndlessError: that was one too many.
        """
        self.left -= 1
        if self.left < 0:
            raise EndlessError


def _run(name: str, code: tuple[CodeType, ...], turns: Callable[[], None]) -> ModuleType:
    """Run a module's code and let it stand for the module."""
    module = ModuleType(name)
    module.__dict__[TURN] = turns
    sys.modules[name] = module
    for statement in code:
        exec(statement, module.__dict__)  # noqa: S102 - our own source, with one fault put into it
    return module


@contextmanager
def _kept_modules() -> Iterator[None]:
    """Afterwards every module is what it was."""
    kept = dict(sys.modules)
    try:
        yield
    finally:
        sys.modules.update(kept)
