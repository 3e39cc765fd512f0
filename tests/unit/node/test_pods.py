"""Which pods have a worker."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import msgspec
import pytest
from lightkube.resources.core_v1 import Pod

from sandbox.node.kube import PodRef
from sandbox.node.pods import Pods

if TYPE_CHECKING:
    from collections.abc import Callable

_DELETED = {"deletionTimestamp": "2026-01-01T00:00:00Z"}


class _Worker:
    """A worker that does nothing but remember."""

    made: list[_Worker]

    def __init__(self, _context: object, pod: Pod, ended: Callable[[PodRef], None]) -> None:
        self.pod = pod
        self._ended = ended
        self.forgotten = False
        self.made.append(self)

    def start(self) -> None:
        """Nothing to do."""

    def end(self) -> None:
        """Its thread ends."""
        self._ended(PodRef.of(self.pod))

    def update(self, pod: Pod) -> None:
        """Too late: its thread does not look any more."""
        self.pod = pod


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[_Worker]:
    """The workers made so far."""
    monkeypatch.setattr("sandbox.node.pods.PodWorker", _Worker)
    monkeypatch.setattr(_Worker, "made", [], raising=False)
    return _Worker.made


def _pod(phase: str, **meta: object) -> Pod:
    whole: dict[str, Any] = {"metadata": {"name": "p", "namespace": "ns", "uid": "u"} | meta}
    return msgspec.convert(whole | {"status": {"phase": phase}}, Pod)


@pytest.mark.parametrize(
    ("last", "forgotten", "workers"),
    [
        (_pod("Succeeded", **_DELETED), False, 2),
        (_pod("Succeeded", **_DELETED), True, 1),
        (_pod("Running", **_DELETED), False, 1),
        (_pod("Succeeded"), False, 1),
    ],
    ids=["deleted", "forgotten", "end not told yet", "finished"],
)
def test_deleted_at_the_end(made: list[_Worker], last: Pod, forgotten: bool, workers: int) -> None:  # noqa: FBT001 - a column of the table
    """A pod deleted just as its worker ends is taken up again, once, and only when its end is known."""
    pods = Pods(cast("Any", SimpleNamespace()))
    pods.change("ADDED", _pod("Running"))
    pods.change("MODIFIED", last)
    made[0].forgotten = forgotten

    made[0].end()

    assert len(made) == workers
