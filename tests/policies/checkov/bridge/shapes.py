"""Inputs of any mapped type, made from the type's own shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from policies.checkov import mapping
from policies.checkov.mapping import Kind
from policies.checkov.table import tables
from policies.facts import UNKNOWN

if TYPE_CHECKING:
    from policies.checkov.mapping import Block, Shape

Made: TypeAlias = "st.SearchStrategy[Any]"

#: Every mapped Pulumi type.
TOKENS = sorted(info["tok"] for table in tables() for info in table["resources"].values())
#: Where both directions meet: a Terraform type that two Pulumi types share leads back to the current one.
CURRENT = [token for token in TOKENS if mapping.of_type(mapping.token_to_type(token) or "") is mapping.of_token(token)]

_TEXT = st.text(max_size=6) | st.sampled_from(["a.b", "under_score", "camelCase", "true", "日本", "with space", ""])
_KEYS = _TEXT | st.sampled_from(["aws:RequestTag/x", "Name", "cost-centre", "kms_key_id", "corsRules"])
_SCALARS: dict[Kind, Made] = {
    Kind.BOOL: st.booleans(),
    Kind.INT: st.integers(-(2**40), 2**40),
    Kind.FLOAT: st.floats(allow_nan=False, allow_infinity=False),
    Kind.STRING: _TEXT,
    Kind.DYNAMIC: _TEXT | st.booleans(),
}
_DEEPEST = 4


def block(of: Block, *, unknown: bool = True, depth: int = 0) -> Made:
    """Some of the fields of a block, by their Pulumi names."""
    names = sorted(of.pulumi)
    if not names or depth > _DEEPEST:
        return st.just({})
    chosen = st.lists(st.sampled_from(names), unique=True, max_size=len(names) if depth == 0 else 3)
    return chosen.flatmap(
        lambda some: st.fixed_dictionaries(
            {name: value(of.pulumi[name][1], unknown=unknown, depth=depth) for name in some}
        )
    )


def value(shape: Shape, *, unknown: bool = True, depth: int = 0) -> Made:
    """A value of a shape; with `unknown`, one that the preview does not know, at times."""
    made = _known(shape, unknown=unknown, depth=depth)
    return made | st.just(UNKNOWN) if unknown else made


def _known(shape: Shape, *, unknown: bool, depth: int) -> Made:
    if shape.block is not None:
        return block(shape.block, unknown=unknown, depth=depth + 1)
    if shape.element is None:
        return _SCALARS[shape.kind]
    if shape.one:
        return _known(shape.element, unknown=unknown, depth=depth)
    entry = value(shape.element, unknown=unknown, depth=depth)
    return st.dictionaries(_KEYS, entry, max_size=3) if shape.kind is Kind.MAP else st.lists(entry, max_size=3)
