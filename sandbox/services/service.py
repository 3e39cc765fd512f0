"""What the supervisor has to know of a service."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sandbox.credentials import Pair

# What any program needs of its surroundings; no one's credentials are among these.
_KEPT = ("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LD_LIBRARY_PATH")


class Name(StrEnum):
    """The services, in the order in which they are shown."""

    ETCD = "etcd"
    API_SERVER = "kube-apiserver"
    CONTROLLERS = "kube-controller-manager"
    OBJECT_STORE = "versitygw"
    AWS = "moto"
    RAILWAY = "railway"
    UPTIMEROBOT = "uptimerobot"
    CLOUDFLARE = "cloudflare"
    NODE = "node"


class Probe(Protocol):
    """How one knows that a service is ready."""

    async def ready(self) -> bool:
        """Whether it is ready now; returns soon."""
        ...


@dataclass(frozen=True)
class HttpProbe:
    """A GET that a ready service answers with 200.

    Attributes:
        url: where to ask.
        authority: certificate of the authority that the service's own certificate is checked against.
        client: certificate shown to the service.
        token: file with the bearer token to send.
        timeout_seconds: how long one answer may take.
    """

    url: str
    authority: Path | None = None
    client: Pair | None = None
    token: Path | None = None
    timeout_seconds: float = 5.0

    async def ready(self) -> bool:
        """Ask; a refused or broken connection means that the service is not ready.

        Raises:
            OSError: a certificate or the token cannot be read.
        """
        headers = {} if self.token is None else {"Authorization": f"Bearer {self.token.read_text()}"}
        # It never asks a proxy: the service is on loopback.
        client = httpx.AsyncClient(verify=self._context, headers=headers, timeout=self.timeout_seconds, trust_env=False)
        async with client:
            try:
                response = await client.get(self.url)
            except httpx.RequestError:
                return False
        return response.status_code == httpx.codes.OK

    @cached_property
    def _context(self) -> ssl.SSLContext | bool:
        if self.authority is None:
            return False  # plain HTTP
        context = ssl.create_default_context(cafile=self.authority)
        if self.client is not None:
            context.load_cert_chain(self.client.certificate, self.client.key)
        return context


@dataclass(frozen=True)
class Service:
    """One process that the supervisor keeps running.

    Attributes:
        name: the service's name, its log's too.
        command: argv; no secret in it, since every user of the machine may read it.
        environment: what is set beside the few variables that every service gets.
        folder: the working directory.
        port: its loopback port.
        probe: how one knows that it is ready.
        needs: services that must be ready before this one starts.
        after_ready: work to do once it is ready and before others may lean on it; runs in a thread, may be run again.
        ready_seconds: limit from start to ready; a loaded machine with two cores needs a tenth of it.
        stop_seconds: limit from being asked to stop to being killed.
    """

    name: Name
    command: tuple[str, ...]
    folder: Path
    port: int
    probe: Probe
    environment: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[Name, ...] = ()
    after_ready: Callable[[], None] | None = None
    ready_seconds: float = 120.0
    stop_seconds: float = 10.0


def surroundings(source: Mapping[str, str] = os.environ, extra_prefixes: tuple[str, ...] = ()) -> dict[str, str]:
    """The variables that a service inherits: a short list, and those whose name has one of the prefixes."""
    # UTC, so that a CronJob's schedule means here what it means in the cloud.
    kept = {"LANG": "C.UTF-8", "TZ": "UTC"}
    return kept | {key: value for key, value in source.items() if key in _KEPT or key.startswith(extra_prefixes)}
