"""GraphQL over the kit's `Api`: one operation by its name, its errors typed, nothing secret in their texts.

Railway answers 200 to what went wrong too; what it was stands in ``errors``, in words more than in codes: most errors
bear the code ``INTERNAL_SERVER_ERROR``.
"""

from __future__ import annotations

import re
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from providers.kit.api import Api, ApiError, NotFound
from providers.kit.secrets import redact, texts
from providers.railway.operations import ALL, QUERIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import httpx

    from providers.kit.handler import Call
    from providers.kit.values import Value

#: Railway's public API.
ENDPOINT = "https://backboard.railway.com/graphql/v2"

#: ``account`` for tokens of an account or a workspace, ``project`` for those of one environment of a project.
TokenKind = Literal["account", "project"]

#: Parts of an operation's variables whose texts must not come back in an error.
_SECRET = frozenset({"variables", "registryCredentials", "patch"})

#: What is told beside a thing: that this is not found does not mean that the thing is gone.
_BESIDE = frozenset({"environmentStagedChanges", "serviceInstanceLimitOverride"})

#: What to do when a token may not; Railway says the same of what does not exist.
_MAY_NOT: dict[TokenKind, str] = {
    "account": "see that the token (railway:token) has not expired and is of the workspace that this is in; one of a"
    " project's environment wants railway:tokenKind project",
    "project": "a project's token reaches one environment of one project, and makes no projects or environments:"
    " use an account's or a workspace's token, and railway:tokenKind account",
}

#: The most pages that a listing may have: 100 things each.
_PAGES = 100


#: Seconds after a write in which what it made shows, if it made anything.
SETTLE = 15.0

#: Seconds between two looks at what takes its time: the first, the factor to the next, and the most.
_FIRST, _GROWTH, _MOST = 0.5, 1.5, 10.0


class NotAuthorized(ApiError):  # noqa: N818 - it says what is so
    """The token may not do this, or Railway hides that there is no such thing."""


class RateLimited(ApiError):  # noqa: N818 - as above
    """Too many requests, said in an answer without the status 429."""


class Invalid(ApiError):  # noqa: N818 - as above
    """Railway does not take these inputs."""


class Graph:
    """Railway's API at one endpoint, with one token."""

    def __init__(
        self,
        endpoint: str,
        token: str,
        kind: TokenKind = "account",
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it; nothing is sent yet. Tests bring their own transport and clock (seconds that only grow)."""
        headers = {"Project-Access-Token": token} if kind == "project" else {"Authorization": f"Bearer {token}"}
        self._token = token
        self._kind: TokenKind = kind
        self._clock = clock
        self.api = Api(endpoint, lambda: headers, transport=transport)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many requests were sent, by operation name."""
        return self.api.counts

    def close(self) -> None:
        """Close the connections."""
        self.api.close()

    def send(self, call: Call, operation: str, *, again: bool | None = None, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """The data that an operation answers with.

        Args:
            call: whose time limit and cancellation hold.
            operation: its name in `operations.ALL`.
            again: whether sending it twice does no more than once; left out: so for queries, not for mutations.
            variables: the operation's own; those that are None are sent as null.

        Raises:
            NotFound: what it is about does not exist.
            NotAuthorized: the token may not.
            Invalid: Railway does not take it.
            Ambiguous: sent, not known whether done.
            ApiError: any other failure.
        """
        idempotent = operation in QUERIES if again is None else again
        body = {"operationName": operation, "query": ALL[operation], "variables": variables}
        try:
            answer = self.api.send(call, operation, "POST", "", json=body, idempotent=idempotent).json()
        except ApiError as error:
            raise self._clean(error, variables) from None
        except ValueError:
            raise ApiError(f"{operation}: Railway's answer is no JSON") from None
        if not isinstance(answer, dict):
            raise ApiError(f"{operation}: Railway's answer is no GraphQL")
        if errors := answer.get("errors"):
            raise self._clean(_typed(operation, errors), variables)
        data = answer.get("data")
        if not isinstance(data, dict):
            raise ApiError(f"{operation}: Railway's answer holds no data")
        return data

    def pages(
        self,
        call: Call,
        operation: str,
        connection: Callable[[dict[str, Any]], dict[str, Any]],
        **variables: Any,  # noqa: ANN401 - JSON
    ) -> Iterator[dict[str, Any]]:
        """Every node of a connection; `connection` finds it in the data."""
        after: str | None = None
        for _ in range(_PAGES):
            page = connection(self.send(call, operation, after=after, **variables))
            yield from nodes(page)
            info = page.get("pageInfo") or {}
            if not info.get("hasNextPage") or info.get("endCursor") in (None, after):
                return
            after = info["endCursor"]

    def looks(self, call: Call, limit: float, first: float = _FIRST) -> Iterator[float]:
        """One turn for each look at what takes its time, further and further apart; gives the seconds that are left.

        Args:
            call: whose cancellation ends it.
            limit: seconds after which it ends; there is a last turn then.
            first: seconds between the first turn and the second.
        """
        until, pause = self._clock() + limit, first
        while (left := until - self._clock()) > 0:
            yield left
            if call.cancelled.wait(min(pause, max(until - self._clock(), 0))):
                return
            pause = min(pause * _GROWTH, _MOST)
        yield 0.0

    def _clean(self, error: ApiError, variables: dict[str, Any]) -> ApiError:
        secrets = {self._token, *_secret_texts(variables)} - {""}
        text = redact(str(error), secrets)
        refused = isinstance(error, NotAuthorized) or error.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        error.args = (f"{text}\n  fix: {_MAY_NOT[self._kind]}" if refused else text,)
        return error


def nodes(connection: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nodes of a connection's page."""
    return [edge["node"] for edge in connection["edges"]]


def _typed(operation: str, errors: Any) -> ApiError:  # noqa: ANN401 - JSON
    """The error that Railway's words mean; the first one decides."""
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    message = str(first.get("message") or "no reason given")
    extensions = first.get("extensions")
    code = str(extensions.get("code") or "") if isinstance(extensions, dict) else ""
    path = first.get("path")
    beside = isinstance(path, list) and bool(path) and path[0] in _BESIDE - {operation}
    text = f"{operation}: Railway says: {message}"
    kinds: tuple[tuple[type[ApiError], str], ...] = (
        (NotFound, r"\bnot found\b|does not exist|NOT_FOUND"),
        (RateLimited, r"rate.?limit|too many requests|RATE_LIMITED"),
        (NotAuthorized, r"not authori[sz]ed|unauthori[sz]ed|forbidden|UNAUTHENTICATED"),
        (Invalid, r"BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|\binvalid\b|\bmust\b|already"),
    )
    for kind, pattern in kinds:
        if not (beside and kind is NotFound) and re.search(pattern, f"{message} {code}", re.IGNORECASE):
            return kind(text, status=200, code=code)
    return ApiError(text, status=200, code=code)


def _secret_texts(value: Any, *, within: bool = False) -> set[str]:  # noqa: ANN401 - JSON
    """The texts of an operation's variables that may be secret."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, child in value.items():
            found |= _secret_texts(child, within=within or key in _SECRET)
    elif isinstance(value, list):
        for child in value:
            found |= _secret_texts(child, within=within)
    elif within and isinstance(value, str):
        given: dict[str, Value] = {"text": value}
        found |= texts(given, [("text",)])
    return found
