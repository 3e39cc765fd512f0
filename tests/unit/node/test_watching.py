"""The loop that listens to the API server."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import httpx2
import msgspec
import pytest
from lightkube.resources.core_v1 import Pod

from sandbox.node.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    "trouble", [httpx2.ReadError("gone"), ConnectionResetError("gone"), msgspec.DecodeError("Input data was truncated")]
)
def test_broken(trouble: Exception) -> None:
    """A watch that breaks, also in the middle of a line, is begun again with a fresh list."""
    stop = threading.Event()
    lists: list[list[Pod]] = []

    def watch(*_words: object, **_more: object) -> Iterator[tuple[str, Pod]]:
        if len(lists) == 1:
            raise trouble
        stop.set()
        yield "ADDED", Pod()

    class Listing(list[Pod]):
        resourceVersion = "1"  # noqa: N815 - the client's own name

    api = SimpleNamespace(list=lambda *_a, **_k: Listing(), watch=watch)
    Watch(cast("Any", api), Pod, replace=lists.append, change=lambda *_: None).run(stop)
    assert lists == [[], []]
