"""Quantities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra import quantity


@given(st.integers(min_value=1, max_value=10**6))
def test_cores_survive_the_way_to_text_and_back(milli: int) -> None:
    """Text of a number of cores means that number."""
    assert milli == quantity.cpu(quantity.cpu_text(milli))


@given(st.integers(min_value=1, max_value=10**6))
def test_sizes_survive_the_way_to_text_and_back(mebibytes: int) -> None:
    """Text of a size means that size."""
    assert mebibytes * 2**20 == quantity.size(quantity.size_text(mebibytes * 2**20))


@pytest.mark.parametrize(("milli", "text"), [(250, "250m"), (1000, "1"), (2500, "2500m")])
def test_cores_are_written_as_the_server_stores_them(milli: int, text: str) -> None:
    """Whole cores lose their thousandths: else the server's answer would look like drift."""
    assert text == quantity.cpu_text(milli)


def test_a_size_takes_the_largest_unit_that_fits() -> None:
    """Four times 512 Mi is 2 Gi, as the server stores it."""
    assert ("2Gi", "1536Mi") == (quantity.times("512Mi", 4), quantity.times("512Mi", 3))


@pytest.mark.parametrize("text", ["", "0", "01", "1.5", "-1", "1k", "m", "1 "])
def test_other_forms_of_cores_are_refused(text: str) -> None:
    """One spelling each."""
    with pytest.raises(ValueError, match="cores"):
        quantity.cpu(text)


@pytest.mark.parametrize("text", ["", "1", "1G", "1.5Gi", "0Gi", "1 Gi", "Gi"])
def test_other_forms_of_sizes_are_refused(text: str) -> None:
    """Decimal units and bare bytes are refused: one spelling each."""
    with pytest.raises(ValueError, match="size"):
        quantity.size(text)
