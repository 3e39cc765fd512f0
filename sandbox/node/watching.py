"""List, then watch: a loop that survives restarts of the API server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

import structlog
from lightkube.core.resource import NamespacedResource

from sandbox.node.kube import API_ERRORS

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from lightkube.core.client import Client, FieldSelector

_log = structlog.get_logger()
_Object = TypeVar("_Object", bound=NamespacedResource)

#: Seconds after which the server ends a watch connection; a new one goes on from where it ended.
_WATCH_SECONDS = 240
#: First and longest pause between two attempts to reach an API server that is away.
_PAUSE_SECONDS = 0.1
_PAUSE_LIMIT_SECONDS = 5.0


@dataclass(frozen=True)
class Watch(Generic[_Object]):
    """Listens to all objects of a kind, in every namespace.

    Attributes:
        api: client to use.
        kind: what to watch.
        replace: called with the whole list at first and after each break.
        change: called with ``ADDED``, ``MODIFIED`` or ``DELETED`` and the object.
        fields: field selector.
    """

    api: Client
    kind: type[_Object]
    replace: Callable[[list[_Object]], None]
    change: Callable[[str, _Object], None]
    fields: FieldSelector = field(default_factory=dict)

    def run(self, stop: threading.Event) -> None:
        """Keep listening until told to stop; the end is noticed at the next event or break."""
        pause = _PAUSE_SECONDS
        while not stop.is_set():
            try:
                version = self._list()
                pause = _PAUSE_SECONDS
                self._watch(version, stop)
            except API_ERRORS as error:
                _log.info("watch.broken", kind=self.kind.__name__, error=str(error), pause=pause)
                stop.wait(pause)
                pause = min(pause * 2, _PAUSE_LIMIT_SECONDS)

    def _list(self) -> str:
        listing = self.api.list(self.kind, namespace="*", fields=self.fields or None)
        self.replace(list(listing))
        return listing.resourceVersion

    def _watch(self, version: str, stop: threading.Event) -> None:
        events = self.api.watch(
            self.kind,
            namespace="*",
            fields=self.fields or None,
            server_timeout=_WATCH_SECONDS,
            resource_version=version,
        )
        for event, resource in events:
            if stop.is_set():
                return
            self.change(event, resource)
