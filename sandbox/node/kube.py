"""Clients of the API server and the small facts shared by all that use them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2
import msgspec
from lightkube.config.kubeconfig import KubeConfig
from lightkube.core.client import Client

if TYPE_CHECKING:
    from pathlib import Path

    from lightkube.models.meta_v1 import ObjectMeta
    from lightkube.resources.core_v1 import Pod


#: Seconds that one request may take; everything is on this machine.
REQUEST_SECONDS = 15.0
#: What reaching the API server may raise: HTTP errors (`lightkube.ApiError` is one), a broken socket, and an answer
#: that makes no sense, as a watch's last line may when the server is killed.
API_ERRORS = (httpx2.HTTPError, OSError, msgspec.DecodeError)


def client(kubeconfig: Path, manager: str) -> Client:
    """Open a client for the kubeconfig given, with time-outs and without the proxy settings of the environment."""
    return Client(
        config=KubeConfig.from_file(kubeconfig),
        field_manager=manager,
        timeout=httpx2.Timeout(REQUEST_SECONDS),
        trust_env=False,
    )


def server_address(kubeconfig: Path) -> tuple[str, int]:
    """Host and port of the API server, which pods reach directly: they share this machine's network."""
    config = KubeConfig.from_file(kubeconfig).get()
    url = httpx2.URL(config.cluster.server if config is not None else "https://127.0.0.1")
    return url.host, url.port or 443


def status_code(error: BaseException) -> int:
    """HTTP status of an API error, 0 when the server was not reached."""
    response = getattr(error, "response", None)
    status = getattr(error, "status", None)
    code = getattr(status, "code", None) or getattr(response, "status_code", None)
    return int(code or 0)


def now() -> dt.datetime:
    """Now in UTC, to the second as Kubernetes' own times are."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


@dataclass(frozen=True)
class PodRef:
    """Which pod: the UID tells it from a later one of the same name."""

    namespace: str
    name: str
    uid: str

    @classmethod
    def of(cls, pod: Pod) -> PodRef:
        """The identity of a pod as read from the API server."""
        meta = metadata(pod)
        return cls(meta.namespace or "default", meta.name or "", meta.uid or "")

    @property
    def folder(self) -> str:
        """Folder name of its logs, as the kubelet's."""
        return f"{self.namespace}_{self.name}_{self.uid}"

    def __str__(self) -> str:
        """As the kubelet writes it in messages."""
        return f"{self.name}_{self.namespace}({self.uid})"


def metadata(resource: object) -> ObjectMeta:
    """The metadata of an object that the API server returned, which always has one.

    Raises:
        ValueError: the object was not read from an API server.
    """
    meta: ObjectMeta | None = getattr(resource, "metadata", None)
    if meta is None:
        msg = f"{type(resource).__name__} without metadata"
        raise ValueError(msg)
    return meta
