"""The faults that are put into a module."""

from __future__ import annotations

import pytest

from tests.policies.mutation.mutants import TURN, compiled, mutants
from tests.policies.mutation.trial import EndlessError, Turns, is_found


def faults(source: str) -> list[tuple[str, str]]:
    """Before and after of each fault."""
    return [(mutant.before, mutant.after) for mutant in mutants(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if a: pass", [("a", "not a")]),
        ("while a: pass", [("a", "not a")]),
        ("x = b if a else c", [("a", "not a")]),
        ("x = [b for b in c if a]", [("a", "not a")]),
        ("if a == b: pass", [("a == b", "a != b")]),
        ("if not a: pass", [("not a", "a")]),
        ("x = a != b", [("a != b", "a == b")]),
        ("x = a < b", [("a < b", "a <= b"), ("a < b", "a > b")]),
        ("x = a <= b", [("a <= b", "a < b"), ("a <= b", "a > b")]),
        ("x = a > b", [("a > b", "a >= b"), ("a > b", "a < b")]),
        ("x = a >= b", [("a >= b", "a > b"), ("a >= b", "a < b")]),
        ("x = a in b", [("a in b", "a not in b")]),
        ("x = a not in b", [("a not in b", "a in b")]),
        ("x = a is b", [("a is b", "a is not b")]),
        ("x = a is not b", [("a is not b", "a is b")]),
        ("x = a and b", [("a and b", "a or b"), ("a", "not a"), ("b", "not b")]),
        ("x = a or b", [("a or b", "a and b"), ("a", "not a"), ("b", "not b")]),
        ("def f(): return isinstance(a, b)", [("isinstance(a, b)", "not isinstance(a, b)")]),
        ("for a in b: continue", [("continue", "nothing")]),
        ("for a in b: break", [("break", "nothing")]),
        ("def f(): return", [("return", "nothing")]),
        ('x = look(a, "b")', [("'b'", "'b?'")]),
        ('x = a == "b"', [("a == 'b'", "a != 'b'"), ("'b'", "'b?'")]),
        ('x = a["b"]', [("'b'", "'b?'")]),
        ("x = any(a)", [("any(a)", "all(a)")]),
        ("x = all(a)", [("all(a)", "any(a)")]),
        ("x = True", [("True", "False")]),
        ("x = 4", [("4", "5"), ("4", "3")]),
        ("x = 0.5", [("0.5", "1.5"), ("0.5", "-0.5")]),
        ("x = (a, b)", [("a", "nothing"), ("b", "nothing")]),
        ("x = [a]", [("a", "nothing")]),
        ("x = frozenset({a, b})", [("a", "nothing"), ("b", "nothing")]),
        ("x = {a: b, c: d}", [("a", "nothing"), ("c", "nothing")]),
        ("def f(): yield a", [("yield a", "nothing")]),
        ("def f(): yield from a", [("yield from a", "nothing")]),
    ],
)
def test_each_kind_of_fault_is_made(source: str, expected: list[tuple[str, str]]) -> None:
    """A condition, comparison, constant, entry or yield gives the faults that it can have."""
    assert expected == faults(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""words"""',
        "if TYPE_CHECKING: x = True",
        "def f(a: Literal[True]) -> Literal[4]: ...",
        "@dataclass(frozen=True)\nclass A: ...",
        'x = re.compile("a")',
        'x = Rule(title="a" if a else "b", fix=4, what=True)',
    ],
)
def test_what_does_nothing_is_left_alone(source: str) -> None:
    """Words, annotations, decorators and imports for the types have no fault that a case could find."""
    assert faults(source) == []


def test_a_fault_is_the_only_one() -> None:
    """Each mutant differs from the source in one place."""
    values = []
    for mutant in mutants("x = [True, 4]"):
        space: dict[str, object] = {}
        for statement in mutant.code:
            exec(statement, space)  # noqa: S102 - a literal of this test
        values.append(space["x"])

    assert [[4], [True], [False, 4], [True, 5], [True, 3]] == values


def test_a_fault_is_named_by_its_line() -> None:
    """The line is that of the changed part, also in a list over many lines."""
    (first, second) = mutants("x = [\n    a,\n    b,\n]")

    assert [(2, "a,"), (3, "b,")] == [(first.number, first.line), (second.number, second.line)]


def test_an_endless_loop_is_ended() -> None:
    """A mutant that would never end is stopped after a number of turns, whatever the machine's speed."""
    (mutant, *_) = mutants("while not True:\n    pass")

    with pytest.raises(EndlessError):
        exec(mutant.code[0], {TURN: Turns(10)})  # noqa: S102 - a literal of this test


def test_a_module_that_fails_to_load_counts_as_found() -> None:
    """A mutant that falls over before any case is judged would turn the tests red, too."""
    assert is_found("policies.domain.pods", compiled("1 / 0"))
