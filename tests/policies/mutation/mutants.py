"""Small faults put into a module, one at a time: each is compiled in memory, no file is written."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

#: Name of the function that every loop of a mutant calls at each turn, so that an endless one can be stopped.
TURN = "__turn__"

_SWAPS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
}
#: Swapping one of these negates the comparison.
_NEGATED_BY_SWAP = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
_QUANTIFIERS = {"any": "all", "all": "any"}

#: Fields that hold a condition, or a part of one.
_CONDITIONS = {
    (ast.If, "test"),
    (ast.While, "test"),
    (ast.IfExp, "test"),
    (ast.comprehension, "ifs"),
    (ast.match_case, "guard"),
    (ast.BoolOp, "values"),
    (ast.Return, "value"),
}
#: Fields that do nothing when the module runs: annotations are not evaluated. Decorators are left alone, too.
_IDLE = {"annotation", "returns", "decorator_list", "type_comment", "format_spec"}
#: Arguments that are words for people.
_WORDS = {"title", "why", "fix", "link", "what"}


@dataclass(frozen=True)
class Mutant:
    """A module with one fault in it.

    Attributes:
        line: the line of the source that the fault is in, without the space around it.
        number: that line's number, from 1.
        before: the part that was changed.
        after: what stands there instead.
        code: the module's statements, in order, the changed one among them.
    """

    line: str
    number: int
    before: str
    after: str
    code: tuple[CodeType, ...]


@dataclass(frozen=True)
class _Slot:
    """A place in the tree that holds a part which can be replaced; `index`: its place in a list, or None."""

    holder: ast.AST
    field: str
    index: int | None

    def part(self) -> ast.AST:
        held = getattr(self.holder, self.field)
        part: ast.AST = held if self.index is None else held[self.index]
        return part

    def put(self, part: ast.AST) -> None:
        if self.index is None:
            setattr(self.holder, self.field, part)
        else:
            getattr(self.holder, self.field)[self.index] = part


@dataclass(frozen=True)
class _Change:
    """What stands in a part's place instead, and the smallest piece of it that tells the fault (None: left out)."""

    part: ast.AST
    before: ast.AST
    after: ast.AST | None


def compiled(source: str) -> tuple[CodeType, ...]:
    """The module's statements as they are, each compiled for itself."""
    return tuple(_compile(statement) for statement in _parse(source).body)


def mutants(source: str) -> Iterator[Mutant]:
    """Every fault, each place after the one before it."""
    tree = _parse(source)
    lines = source.splitlines()
    code = tuple(_compile(statement) for statement in tree.body)
    for place, statement in enumerate(tree.body):
        for slot in _slots(statement) if not _is_idle(statement) else ():
            part = slot.part()
            for change in _changes(slot, part):
                slot.put(ast.fix_missing_locations(ast.copy_location(change.part, part)))
                number = getattr(change.before, "lineno", 0)
                yield Mutant(
                    line=lines[number - 1].strip(),
                    number=number,
                    before=ast.unparse(change.before),
                    after=ast.unparse(change.after) if change.after else "nothing",
                    code=(*code[:place], _compile(statement), *code[place + 1 :]),
                )
            slot.put(part)


def _parse(source: str) -> ast.Module:
    """The module's tree, with a call of `TURN` as the first thing in each loop."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.While):
            turn = ast.Expr(ast.Call(ast.Name(TURN, ast.Load()), [], []))
            node.body.insert(0, ast.fix_missing_locations(ast.copy_location(turn, node)))
    return tree


def _compile(statement: ast.stmt) -> CodeType:
    module = ast.Module([statement], type_ignores=[])
    # It takes over the future statements of this file: the annotations of the mutants are not evaluated either.
    code: CodeType = compile(module, "<mutant>", "exec")
    return code


def _slots(node: ast.AST) -> Iterator[_Slot]:
    """Every place below a node whose part is run and is not words."""
    for field, held in ast.iter_fields(node):
        if field in _IDLE:
            continue
        for index, part in enumerate(held if isinstance(held, list) else [held]):
            if isinstance(part, ast.AST) and not _is_idle(part):
                yield _Slot(node, field, index if isinstance(held, list) else None)
                yield from _slots(part)


def _is_idle(part: ast.AST) -> bool:
    if isinstance(part, ast.If):
        return isinstance(part.test, ast.Name) and part.test.id == "TYPE_CHECKING"
    return isinstance(part, ast.keyword) and part.arg in _WORDS


def _changes(slot: _Slot, part: ast.AST) -> Iterator[_Change]:
    """What can stand in a place instead of what stands there."""
    if (type(slot.holder), slot.field) in _CONDITIONS and _can_be_turned(part, slot.holder):
        yield _whole(part, ast.UnaryOp(ast.Not(), part))
    match part:
        case ast.Constant(value=value):
            yield from (_whole(part, ast.Constant(other)) for other in _values(slot.holder, value))
        case ast.Compare():
            yield from _compared_otherwise(part)
        case ast.BoolOp(op=op, values=values):
            yield _whole(part, ast.BoolOp(ast.And() if isinstance(op, ast.Or) else ast.Or(), values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _whole(part, operand)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in _QUANTIFIERS:
            yield _whole(part, ast.Call(ast.Name(_QUANTIFIERS[name], ast.Load()), args, keywords))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            # It stays a generator, one that gives nothing here.
            yield _Change(ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load()))), before=part, after=None)
        case ast.Continue() | ast.Break() | ast.Return(value=None):
            yield _Change(ast.Pass(), before=part, after=None)
        case _ if slot.field != "slice":
            yield from _one_less(part)


def _values(holder: ast.AST, value: object) -> tuple[bool | float | str, ...]:
    """What a constant can be instead."""
    match value:
        case bool():
            return (not value,)
        case int() | float():
            return (value + 1, value - 1)
        case str() if _is_key(holder):
            return (f"{value}?",)
        case _:
            return ()


def _whole(before: ast.AST, after: ast.AST) -> _Change:
    return _Change(after, before=before, after=after)


def _can_be_turned(part: ast.AST, holder: ast.AST) -> TypeGuard[ast.expr]:
    """Whether a condition is to be negated: not where another change does just that, nor where a value is meant."""
    match part:
        case ast.Compare(ops=[op]):
            return not isinstance(op, _NEGATED_BY_SWAP)
        case ast.Constant() | ast.UnaryOp(op=ast.Not()):
            return False
        case ast.Call(func=ast.Name(id="isinstance")):
            return True
        case _:
            return isinstance(part, ast.expr) and not isinstance(holder, ast.Return)


def _is_key(holder: ast.AST) -> bool:
    """Whether a text is looked up or compared by what holds it: a pattern and a message are not."""
    match holder:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
            return False
        case _:
            return isinstance(holder, ast.Call | ast.Compare | ast.Subscript)


def _compared_otherwise(part: ast.Compare) -> Iterator[_Change]:
    for place, op in enumerate(part.ops):
        for other in _SWAPS[type(op)]:
            ops = [*part.ops[:place], other(), *part.ops[place + 1 :]]
            yield _whole(part, ast.Compare(part.left, ops, part.comparators))


def _one_less(part: ast.AST) -> Iterator[_Change]:
    """A collection without its first entry, without its second, and so on."""
    match part:
        case ast.Tuple(elts=entries, ctx=ast.Load()) | ast.List(elts=entries, ctx=ast.Load()) | ast.Set(elts=entries):
            for place, entry in enumerate(entries):
                rest = [*entries[:place], *entries[place + 1 :]]
                less: ast.expr = ast.Set(rest) if isinstance(part, ast.Set) else type(part)(rest, ast.Load())
                yield _Change(less, before=entry, after=None)
        case ast.Dict(keys=keys, values=values):
            for place, (key, value) in enumerate(zip(keys, values, strict=True)):
                less = ast.Dict([*keys[:place], *keys[place + 1 :]], [*values[:place], *values[place + 1 :]])
                yield _Change(less, before=key or value, after=None)
