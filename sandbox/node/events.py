"""Events: what ``kubectl describe`` shows below an object."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import structlog
from lightkube.models.core_v1 import EventSource, ObjectReference
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.resources.core_v1 import Event

from sandbox.node.kube import API_ERRORS, metadata, now
from sandbox.node.settings import NODE_NAME

if TYPE_CHECKING:
    from lightkube.core.client import Client
    from lightkube.core.resource import Resource

_log = structlog.get_logger()

#: Distinct events remembered so that a repeated one raises a count instead of adding an object.
_REMEMBERED = 1000
_MESSAGE_LIMIT = 1024


@dataclass
class _Sent:
    name: str
    namespace: str
    count: int


class Recorder:
    """Writes events to the API server; a failure to write one is logged and never stops the work it tells of.

    Args:
        api: client that may create events.
        component: who reports, ``kubelet`` or ``default-scheduler``.
    """

    def __init__(self, api: Client, component: str) -> None:
        self._api = api
        self._component = component
        self._sent: dict[tuple[str, str, str], _Sent] = {}
        self._lock = threading.Lock()

    def normal(self, resource: Resource, reason: str, message: str) -> None:
        """Record something that goes as it should."""
        self._record(resource, "Normal", reason, message)

    def warning(self, resource: Resource, reason: str, message: str) -> None:
        """Record something that a user may have to act on."""
        self._record(resource, "Warning", reason, message)

    def _record(self, resource: Resource, kind: Literal["Normal", "Warning"], reason: str, message: str) -> None:
        meta = metadata(resource)
        text = message[:_MESSAGE_LIMIT]
        key = (meta.uid or meta.name or "", reason, text)
        with self._lock:
            known = self._sent.get(key)
            if known is not None:
                known.count += 1
        try:
            if known is None or not self._count_up(known):
                self._create(resource, kind, reason, text, key)
        except API_ERRORS as error:
            _log.warning("event.lost", reason=reason, message=text, error=str(error))

    def _count_up(self, known: _Sent) -> bool:
        patch = {"count": known.count, "lastTimestamp": now().isoformat().replace("+00:00", "Z")}
        try:
            self._api.patch(Event, known.name, patch, namespace=known.namespace)
        except API_ERRORS:
            return False
        return True

    def _create(
        self, resource: Resource, kind: Literal["Normal", "Warning"], reason: str, text: str, key: tuple[str, str, str]
    ) -> None:
        meta = metadata(resource)
        moment = now()
        namespace = meta.namespace or "default"
        name = f"{meta.name}.{uuid.uuid4().hex[:16]}"
        event = Event(
            metadata=ObjectMeta(name=name, namespace=namespace),
            involvedObject=ObjectReference(
                apiVersion=getattr(resource, "apiVersion", None) or "v1",
                kind=getattr(resource, "kind", None) or type(resource).__name__,
                name=meta.name,
                namespace=meta.namespace,
                uid=meta.uid,
                resourceVersion=meta.resourceVersion,
            ),
            reason=reason,
            message=text,
            type=kind,
            count=1,
            firstTimestamp=moment,
            lastTimestamp=moment,
            source=EventSource(component=self._component, host=NODE_NAME),
            reportingComponent=self._component,
            reportingInstance=NODE_NAME,
        )
        self._api.create(event)
        with self._lock:
            if len(self._sent) >= _REMEMBERED:
                self._sent.clear()
            self._sent[key] = _Sent(name, namespace, 1)
