"""Property values as hypothesis makes them."""

from __future__ import annotations

from hypothesis import strategies as st

from providers.kit import UNKNOWN, Properties, Value

KEYS = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=6)

SCALARS: st.SearchStrategy[Value] = (
    st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.text(max_size=12)
    | st.just(UNKNOWN)
)

VALUES: st.SearchStrategy[Value] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)

PROPERTIES: st.SearchStrategy[Properties] = st.dictionaries(KEYS, VALUES, max_size=5)
