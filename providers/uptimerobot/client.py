"""UptimeRobot's API v3, as far as it is used here: facts in README.md."""

from __future__ import annotations

import re
import time
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import parse_qs, urlsplit

from providers.kit.api import Ambiguous, Api, ApiError, NotFound
from providers.uptimerobot.listing import Item, Listing

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import httpx

    from providers.kit import Call

#: Monitors on a page; 200 is the most. The other listings have no such parameter.
PAGE: Final = 200

#: Seconds that one operation may take with all its waits: at the free plan's 10 requests a minute, the last of as many
#: things as that plan holds waits for more than 5 minutes.
LIMIT_SECONDS: Final = 900.0

#: A listing of more pages than this does not end.
_MOST_PAGES: Final = 1000

#: The vendor's code for "Monitor not found".
_NO_MONITOR: Final = "000-004"

_ENTITY: Final = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,6})|#x([0-9a-fA-F]{1,5}));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

#: Fields that come HTML-escaped.
_ESCAPED: Final = ("friendlyName", "name", "url")


class Kind(Enum):
    """A kind of thing in an account: the path of its collection."""

    MONITOR = "/monitors"
    GROUP = "/monitor-groups"
    INTEGRATION = "/integrations"
    CONTACT = "/alert-contacts"
    WINDOW = "/maintenance-windows"
    PAGE = "/psps"
    TAG = "/tags"


class Client:
    """An account. Safe to share between threads; nothing is sent before the first call of a method.

    Attributes:
        api: how requests are sent, and how many were.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        endpoint: str,
        api_key: str,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Make it.

        Args:
            endpoint: the API's base URL, as in ``https://api.uptimerobot.com/v3``.
            api_key: the account's main API key.
            transport: for tests.
            clock: seconds since 1970; tests bring their own.
        """
        self.clock = clock
        self.api = Api(
            endpoint.rstrip("/"),
            lambda: {"Authorization": f"Bearer {api_key}", "Accept": "application/json"},
            limit_seconds=LIMIT_SECONDS,
            transport=transport,
        )
        self._listings = {kind: Listing(lambda call, kind=kind: self._load(call, kind), clock) for kind in Kind}  # type: ignore[misc]  # mypy cannot infer a lambda's default

    def known(self, call: Call, kind: Kind, key: Hashable = None) -> dict[str, Item]:
        """Everything of a kind by id, listed once in this process and kept up by its own writes.

        Args:
            call: whose time limit holds.
            kind: which.
            key: what is looked for; after a create of it without an answer a new listing is read.

        Raises:
            ApiError: it cannot be read.
        """
        return self._listings[kind].known(call, key)

    def shown(self, call: Call, kind: Kind, since: float) -> dict[str, Item]:
        """What the API lists of a kind, asked for no earlier than `since` by the client's clock; it may lag.

        Raises:
            ApiError: it cannot be read.
        """
        return self._listings[kind].shown(call, since=since)

    def get(self, call: Call, kind: Kind, id: str) -> Item:  # noqa: A002 - the API's own name
        """One thing as the API shows it; it may lag.

        Raises:
            NotFound: it shows none.
            ApiError: it cannot be read.
        """
        return self._send(call, "GET", f"{kind.value}/{{id}}", id)

    def create(self, call: Call, kind: Kind, body: Item, key: Hashable = None) -> Item:
        """Make one.

        Args:
            call: whose time limit holds.
            kind: which.
            body: its fields.
            key: by what it is looked for when the answer is lost.

        Raises:
            Ambiguous: it may have been made. "Monitor not found" is such an answer too: it comes after a create that
                did persist, when the vendor's own read of it lags.
            ApiError: it was refused.
        """
        try:
            item = self._send(call, "POST", kind.value, body=body, idempotent=False)
        except NotFound as error:
            if error.code != _NO_MONITOR:
                raise
            self._listings[kind].doubt(key)
            raise Ambiguous(str(error), status=error.status, code=error.code) from error
        except Ambiguous:
            self._listings[kind].doubt(key)
            raise
        self._listings[kind].wrote(str(item["id"]), item)
        return item

    def update(self, call: Call, kind: Kind, id: str, body: Item) -> Item:  # noqa: A002 - as above
        """Change some of its fields.

        Raises:
            ApiError: it was refused, or is gone.
        """
        item = self._send(call, "PATCH", f"{kind.value}/{{id}}", id, body=body)
        self._listings[kind].wrote(id, item)
        return item

    def delete(self, call: Call, kind: Kind, id: str) -> None:  # noqa: A002 - as above
        """Remove it.

        Raises:
            NotFound: it is gone already.
            ApiError: it was refused.
        """
        try:
            self._send(call, "DELETE", f"{kind.value}/{{id}}", id)
        except NotFound:
            self._listings[kind].wrote(id, None)
            raise
        self._listings[kind].wrote(id, None)

    def pause(self, call: Call, id: str) -> Item:  # noqa: A002 - as above
        """Let a monitor rest.

        Raises:
            ApiError: it was refused, or is gone.
        """
        return self._run(call, id, "pause")

    def start(self, call: Call, id: str) -> Item:  # noqa: A002 - as above
        """End a monitor's rest.

        Raises:
            ApiError: it was refused, or is gone.
        """
        return self._run(call, id, "start")

    def close(self) -> None:
        """Close the connections."""
        self.api.close()

    def _run(self, call: Call, id: str, verb: str) -> Item:  # noqa: A002 - as above
        item = self._send(call, "POST", f"{Kind.MONITOR.value}/{{id}}/{verb}", id, body={})
        self._listings[Kind.MONITOR].wrote(id, item)
        return item

    def _load(self, call: Call, kind: Kind) -> dict[str, Item]:
        """All pages of a listing."""
        found: dict[str, Item] = {}
        params: dict[str, str | int | bool] = {"limit": PAGE} if kind is Kind.MONITOR else {}
        for _ in range(_MOST_PAGES):
            page = self._answer(
                self.api.send(call, f"GET {kind.value}", "GET", kind.value, params=params, idempotent=True)
            )
            found.update((str(item["id"]), _plain(item)) for item in page.get("data") or ())
            cursor = _cursor(page)
            if not cursor or cursor == params.get("cursor"):
                return found
            params = {**params, "cursor": cursor}
        raise ApiError(f"GET {kind.value} does not end: {_MOST_PAGES} pages were read")

    def _send(  # noqa: PLR0913 - a request has that many parts
        self,
        call: Call,
        method: str,
        template: str,
        id: str = "",  # noqa: A002 - as above
        *,
        body: Item | None = None,
        idempotent: bool = True,
    ) -> Item:
        path = template.replace("{id}", id)
        answer = self.api.send(call, f"{method} {template}", method, path, json=body, idempotent=idempotent)
        return _plain(self._answer(answer)) if answer.content else {}

    @staticmethod
    def _answer(answer: httpx.Response) -> dict[str, Any]:
        try:
            document = answer.json()
        except ValueError as error:
            raise ApiError(f"{answer.request.url.path} answered no JSON", status=answer.status_code) from error
        if not isinstance(document, dict):
            raise ApiError(f"{answer.request.url.path} answered no object", status=answer.status_code)
        return cast("dict[str, Any]", document)


def unescape(text: str) -> str:
    """A name as it was given: each entity that the API's escaping makes, once, from left to right."""
    return _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    return _NAMED[name] if name else chr(int(decimal) if decimal else int(hexadecimal, 16))


def _plain(item: dict[str, Any]) -> Item:
    escaped = {name: unescape(item[name]) for name in _ESCAPED if isinstance(item.get(name), str)}
    return {**item, **escaped}


def _cursor(page: Item) -> str:
    """Where the next page begins; empty for the last one. Listings say it in two ways."""
    if (cursor := page.get("nextCursorId")) is not None:
        return str(cursor)
    query = parse_qs(urlsplit(page.get("nextLink") or "").query)
    return query.get("cursor", [""])[0]
