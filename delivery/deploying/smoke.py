"""The smoke test: what serves now answers, and says of itself that it is well, several times in a row."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from toolchain.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolchain.events import Emit

#: Percent (OB-3).
LEAST_DISK_FREE, MOST_MEMORY = 20, 80
#: Good answers in a row that prove it.
ROUNDS = 5
#: Seconds between two.
PAUSE = 1.0
#: Seconds in which the first answer may not be there yet: Railway's edge has to learn who serves.
GRACE = 15.0
_REQUEST_SECONDS = 10.0
#: Seconds between two looks for the first answer.
_LOOK = 0.2
_OK = 200


class UnprovenError(Exception):
    """What serves is not well; the message says how."""


@dataclass(frozen=True)
class Door:
    """Where a product is asked.

    Attributes:
        base: URL without a path.
        host: the name that is asked for, where the URL has another one; else empty.
        path: of its health; the deep one is below it.
        key: what `X-Internal-Key` must hold for the deep one; secret.
        transport: for tests; None: the network.
    """

    base: str
    host: str
    path: str
    key: str
    transport: httpx.BaseTransport | None = None

    def __repr__(self) -> str:
        """Without the key."""
        return f"Door({self.base}, {self.host})"

    def client(self) -> httpx.Client:
        """What asks there; the base's name and TLS are checked as usual, and no redirect counts as an answer."""
        headers = {"Host": self.host} if self.host else {}
        return httpx.Client(
            base_url=self.base,
            headers=headers,
            timeout=_REQUEST_SECONDS,
            transport=self.transport,
            trust_env=not self.host,  # the sandbox is on this machine, behind no proxy
        )


def prove(door: Door, emit: Emit, *, rounds: int = ROUNDS, pause: float = PAUSE, grace: float = GRACE) -> int:
    """Ask for health and deep health until they were good so many times in a row.

    Returns:
        How many times they were.

    Raises:
        UnprovenError: an answer was not good, or the first did not come in time.
    """
    with door.client() as client:
        answers(door, client, grace)
        for number in range(rounds):
            if number:
                time.sleep(pause)
            _healthy(door, client)
            _well(_deep(door, client))
            emit(Event("deploy.smoke", f"smoke test: {number + 1} of {rounds} good", {"round": number + 1}))
    return rounds


def answers(door: Door, client: httpx.Client, grace: float) -> None:
    """Wait until it answers at all.

    Raises:
        UnprovenError: it did not in time.
    """
    until = time.monotonic() + grace
    while True:
        try:
            return _healthy(door, client)
        except UnprovenError:
            if time.monotonic() > until:
                raise
        time.sleep(_LOOK)


def _healthy(door: Door, client: httpx.Client) -> None:
    """Raises: UnprovenError: health is not answered by 200."""
    _get(client, door.path, {})


def _deep(door: Door, client: httpx.Client) -> Mapping[str, Any]:
    """Raises: UnprovenError: deep health is not answered by 200 and an object."""
    path = f"{door.path}/deep"
    try:
        told = _get(client, path, {"X-Internal-Key": door.key}).json()
    except ValueError as error:
        raise UnprovenError(f"{path} answers no JSON") from error
    if not isinstance(told, dict):
        raise UnprovenError(f"{path} answers no object")
    return told


def _get(client: httpx.Client, path: str, headers: Mapping[str, str]) -> httpx.Response:
    try:
        response = client.get(path, headers=headers)
    except httpx.HTTPError as error:
        raise UnprovenError(f"{path} is not answered: {type(error).__name__}") from error
    if response.status_code != _OK:
        raise UnprovenError(f"{path} is answered by {response.status_code}")
    return response


def _well(told: Mapping[str, Any]) -> None:
    """Hold what it says of itself against the figures (OB-3).

    Raises:
        UnprovenError: a part of it is not well; all such parts are named.
    """
    free, used = _number(told.get("disk_free_percent")), _number(told.get("memory_percent"))
    wrong = [f"{part} is {told.get(part)!r:.40}" for part in ("db", "llm") if told.get(part) not in ("ok", True)]
    if free is None or free <= LEAST_DISK_FREE:
        wrong.append(f"disk_free_percent is {told.get('disk_free_percent')!r:.20}, not over {LEAST_DISK_FREE}")
    if used is None or used >= MOST_MEMORY:
        wrong.append(f"memory_percent is {told.get('memory_percent')!r:.20}, not under {MOST_MEMORY}")
    if wrong:
        raise UnprovenError("; ".join(wrong))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
