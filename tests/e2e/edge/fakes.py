"""The three fakes of a running sandbox, as whoever acts behind our back sees them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import httpx

from providers.railway.client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.connections import Connections

Document: TypeAlias = dict[str, Any]
#: Documents of all three, by the fake's name.
Documents: TypeAlias = dict[str, Document]


@dataclass(frozen=True)
class Fakes:
    """The fakes.

    Attributes:
        connections: where they are.
    """

    connections: Connections

    @property
    def railway(self) -> Client:
        """Railway's API, with the sandbox's token."""
        return Client(self.connections.railway, self._token)

    def documents(self) -> Documents:
        """All that the three hold."""
        return {name: self._ask(name, "GET", "state") for name in self._urls}

    def change(self, documents: Documents) -> None:
        """Make that what they hold."""
        for name, document in documents.items():
            self._ask(name, "PUT", "state", document)

    def requests(self) -> dict[str, dict[str, int]]:
        """How often each operation was asked for since `forget`, by the fake's name."""
        return {name: self._ask(name, "GET", "requests")["counts"] for name in self._urls}

    def forget(self) -> None:
        """Count from here on."""
        for name in self._urls:
            self._ask(name, "DELETE", "requests")

    @contextmanager
    def storm(self, times: int, seconds: float) -> Iterator[None]:
        """While the block runs: the next requests to each are refused with 429, and told to come again later."""
        fault = {"operation": ".*", "kind": "limited", "times": times, "seconds": seconds}
        for name in self._urls:
            self._ask(name, "POST", "faults", fault)
        try:
            yield
        finally:
            for name in self._urls:
                self._ask(name, "DELETE", "faults")

    def calm(self) -> bool:
        """Whether each answers anything but 429: no refusal of a storm is left."""
        headers = {"Authorization": f"Bearer {self._token}"}
        answers = [httpx.post(f"{url}/anything", headers=headers, trust_env=False) for url in self._urls.values()]
        return all(answer.status_code != httpx.codes.TOO_MANY_REQUESTS for answer in answers)

    def front(self, host: str, path: str) -> httpx.Response:
        """What Railway's edge answers to a request for a host."""
        return httpx.get(f"{self.connections.railway_edge}{path}", headers={"Host": host}, trust_env=False)

    @property
    def _urls(self) -> dict[str, str]:
        asked = self.connections
        every = {"railway": asked.railway, "uptimerobot": asked.uptimerobot, "cloudflare": asked.cloudflare}
        return {name: f"http://{urlsplit(url).netloc}" for name, url in every.items()}

    @property
    def _token(self) -> str:
        return self.connections.edge_token.read_text(encoding="utf-8").strip()

    def _ask(self, name: str, method: str, what: str, document: Document | None = None) -> Document:
        answer = httpx.request(
            method,
            f"{self._urls[name]}/_sandbox/{what}",
            headers={"Authorization": f"Bearer {self._token}"},
            json=document,
            trust_env=False,
        )
        answer.raise_for_status()
        found: Document = answer.json()
        return found
