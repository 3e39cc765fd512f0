"""Work over all objects of a kind, done whenever one of them changes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog
from lightkube.core.resource import NamespacedResource

from sandbox.node.kube import API_ERRORS
from sandbox.node.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from lightkube.core.client import Client, FieldSelector

_log = structlog.get_logger()
_Object = TypeVar("_Object", bound=NamespacedResource)
#: Seconds before work that failed on an API server that is away is tried again.
_PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class Sweeper(Generic[_Object]):
    """Does its work at first, after each change of an object, and every now and then for what did not work out.

    Attributes:
        name: who does it, for the log.
        api: client to watch with.
        kind: what to watch.
        work: looks at all objects once.
        every: seconds after which the work is done without a change.
        fields: field selector.
    """

    name: str
    api: Client
    kind: type[_Object]
    work: Callable[[], None]
    every: float
    fields: FieldSelector = field(default_factory=dict)

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop."""
        wake = threading.Event()
        watch = Watch(
            self.api,
            self.kind,
            replace=lambda _all: wake.set(),
            change=lambda _event, _one: wake.set(),
            fields=self.fields,
        )
        threading.Thread(target=watch.run, args=(stop,), name=f"{self.name}-watch", daemon=True).start()
        while not stop.is_set():
            wake.wait(self.every)
            wake.clear()
            try:
                self.work()
            except API_ERRORS as error:
                _log.info(f"{self.name}.failed", error=str(error))
                stop.wait(_PAUSE_SECONDS)
