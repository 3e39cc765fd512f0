"""The pause before another start."""

from __future__ import annotations

from sandbox.node.backoff import Backoff


def test_doubles() -> None:
    """The first restart is at once; later pauses double up to the limit."""
    backoff = Backoff(10, 300)
    assert [backoff.take() for _ in range(8)] == [0, 10, 20, 40, 80, 160, 300, 300]


def test_forgives() -> None:
    """A container that ran for long starts at once again."""
    backoff = Backoff(10, 300)
    for _ in range(5):
        backoff.take(1)
    assert [backoff.take(600), backoff.take(1)] == [0, 10]
