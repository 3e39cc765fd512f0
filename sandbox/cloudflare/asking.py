"""One request as the API's parts see it, and how they refuse it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.fake.store import Document


class RefusedError(Exception):
    """The API refuses.

    Attributes:
        status: HTTP status.
        code: Cloudflare's number for it.
    """

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


@dataclass(frozen=True)
class Ask:
    """What is asked.

    Attributes:
        state: all that there is; changed in place.
        ids: what the path names, as in ``zone_id``.
        query: the query's parameters.
        body: the JSON document; empty where none was sent.
        now: seconds since 1970.
    """

    state: Document
    ids: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]
    now: float

    @property
    def zone(self) -> Document:
        """The zone of the path.

        Raises:
            RefusedError: there is none.
        """
        return found(self.state["zones"], self.ids["zone_id"], 7003, "zone")

    @property
    def account(self) -> Document:
        """The account of the path; each account that is named is there."""
        account: Document = self.state["accounts"].setdefault(self.ids["account_id"], {"buckets": {}, "tokens": {}})
        return account

    @property
    def time(self) -> str:
        """The time, as Cloudflare writes it."""
        return datetime.fromtimestamp(self.now, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@dataclass(frozen=True)
class Pages:
    """A list that is given page by page."""

    items: list[Document]


def found(things: Document, identity: str, code: int, what: str) -> Document:
    """One of the things.

    Raises:
        RefusedError: there is none of that id.
    """
    thing: Document | None = things.get(identity)
    if thing is None:
        raise RefusedError(404, code, f"no such {what}: {identity}")
    return thing


def identity() -> str:
    """A new id: 32 hex digits."""
    return secrets.token_hex(16)


def text(body: Mapping[str, Any], key: str) -> str:
    """A string of the body.

    Raises:
        RefusedError: there is none.
    """
    value = body.get(key)
    if not isinstance(value, str) or not value:
        raise RefusedError(400, 1004, f"{key}: a string is missing")
    return value


def objects(body: Mapping[str, Any], key: str) -> list[Document]:
    """The objects of a list in the body; none where it has none.

    Raises:
        RefusedError: they are no list of objects.
    """
    value = body.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise RefusedError(400, 1004, f"{key}: a list of objects is missing")
    return value


def rules(body: Mapping[str, Any]) -> list[Document]:
    """The rules of a body; none where it has none.

    Raises:
        RefusedError: they are no list of objects.
    """
    return objects(body, "rules")
