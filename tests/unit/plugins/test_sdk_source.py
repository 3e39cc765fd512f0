"""Source texts of SDKs are parsed by many threads at once."""

from __future__ import annotations

import ast
import gc
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from sandbox.plugins.sdk_source import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEEP = "x = " + "(" * 40 + "1" + ",)" * 40


def _give_way(_phase: str, _info: dict[str, int]) -> None:
    time.sleep(0)


@pytest.fixture
def _hasty() -> Iterator[None]:
    """Threads are switched in the middle of what they make, as a collection of garbage may do."""
    before = gc.get_threshold()
    gc.callbacks.append(_give_way)
    gc.set_threshold(3)
    yield
    gc.set_threshold(*before)
    gc.callbacks.remove(_give_way)


@pytest.mark.usefixtures("_hasty")
def test_many_threads_parse_at_once() -> None:
    """Each gets its tree: CPython 3.11 alone ends with a SystemError."""
    with ThreadPoolExecutor(4) as pool:
        found = [*pool.map(parsed, [_DEEP] * 20)]

    assert {ast.dump(ast.parse(_DEEP).body[0])} == {ast.dump(statement) for (statement,) in found}
