"""Work that is done whenever something changes."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import httpx2
from lightkube.resources.core_v1 import Pod

from sandbox.node.sweeping import Sweeper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Seconds for what happens at once, on a machine that is busy.
_LIMIT = 30.0


class _Listing(list[Pod]):
    resourceVersion = "1"  # noqa: N815 - the client's own name


class _Server:
    """An API server that tells of a change whenever the test lets it."""

    def __init__(self) -> None:
        self.changes = threading.Semaphore(0)

    def list(self, *_words: object, **_more: object) -> _Listing:
        return _Listing()

    def watch(self, *_words: object, **_more: object) -> Iterator[tuple[str, Pod]]:
        while self.changes.acquire(timeout=_LIMIT):
            yield "MODIFIED", Pod()


def _running(server: object, work: Callable[[], None], every: float, stop: threading.Event) -> threading.Thread:
    sweeper = Sweeper("test", cast("Any", server), Pod, work, every=every)
    thread = threading.Thread(target=sweeper.run, args=(stop,), daemon=True)
    thread.start()
    return thread


def test_a_change_starts_the_work() -> None:
    """The work is done at first and after a change, long before its time is up."""
    server, done, stop = _Server(), threading.Semaphore(0), threading.Event()
    _running(server, done.release, 10 * _LIMIT, stop)

    first = done.acquire(timeout=_LIMIT)
    server.changes.release()

    assert (True, True) == (first, done.acquire(timeout=_LIMIT))
    stop.set()


def test_the_work_is_tried_again_without_a_change() -> None:
    """What did not work out is not forgotten."""
    done, stop = threading.Semaphore(0), threading.Event()
    _running(_Server(), done.release, 0.01, stop)

    assert [True] * 3 == [done.acquire(timeout=_LIMIT) for _turn in range(3)]
    stop.set()


def test_a_server_that_is_away_does_not_end_it() -> None:
    """Work that meets a broken connection is done again."""
    tried, stop = threading.Semaphore(0), threading.Event()

    def work() -> None:
        tried.release()
        raise httpx2.ConnectError("gone")

    _running(SimpleNamespace(list=_Server().list, watch=_Server().watch), work, 0.01, stop)

    assert [True] * 2 == [tried.acquire(timeout=_LIMIT) for _turn in range(2)]
    stop.set()


def test_it_ends_when_told_to() -> None:
    """Nothing is done any more once it was told to stop."""
    stop = threading.Event()
    thread = _running(_Server(), stop.set, 0.01, stop)
    thread.join(_LIMIT)

    assert not thread.is_alive()
