"""The WSGI application that every fake is: what a vendor adds are operations, answers and the shape of its errors."""

from __future__ import annotations

import hmac
import math
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar

from werkzeug.wrappers import Request, Response

from sandbox.fake.admin import PREFIX, administer
from sandbox.fake.answers import as_json
from sandbox.fake.faults import Fault, Faults, Kind
from sandbox.fake.store import Document, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from sandbox.fake.limits import Limit

_R = TypeVar("_R")
#: Answered with 200 to anyone, for the supervisor.
HEALTH = "/healthz"


class DroppedError(ConnectionAbortedError):
    """The connection is to be closed without an answer.

    Attributes:
        seconds: how long the caller waits for it.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__("the fake gives no answer")
        self.seconds = seconds


class Application(ABC):
    """One vendor's API. Requests are served one at a time; a change is on disk before its caller hears of it.

    Args:
        token: what callers must show as their bearer token.
        state: the file that keeps the state; None keeps it in memory.
        clock: seconds since 1970; tests bring their own.

    Raises:
        ValueError: the token is empty.

    Attributes:
        faults: what is to go wrong.
        limit: the rate limit; None for none.
        counts: requests received by operation, refused ones too; a request of several operations counts for each.
        total: requests received.
        store: the state.
    """

    def __init__(self, token: str, state: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        if not token:
            raise ValueError("the token is empty: whoever shows none would be let in")
        self._token = token
        self._clock = clock
        self._lock = threading.Lock()
        self.faults = Faults()
        self.limit: Limit | None = None
        self.counts: Counter[str] = Counter()
        self.total = 0
        self.store = Store.open(state, self.initial())

    # What a vendor says.

    @abstractmethod
    def initial(self) -> Document:
        """The state of an account that is new."""

    @abstractmethod
    def operations(self, request: Request) -> Sequence[str]:
        """Names of what is asked for: GraphQL's fields, or the method and the template of the path."""

    @abstractmethod
    def reads(self, request: Request) -> bool:
        """Whether the request changes nothing, so that its answer may lag behind."""

    @abstractmethod
    def answer(self, request: Request, state: Document, now: float) -> Response:
        """Do what is asked; the state may be changed in place. An exception leaves the state as it was."""

    @abstractmethod
    def error(self, status: int, message: str) -> Response:
        """An error in the vendor's shape: 401, 429, 5xx and what faults ask for."""

    def credential(self, request: Request) -> str:
        """The token that the caller shows; empty for none."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    def public(self, request: Request, state: Document, now: float) -> Response | None:
        """The answer to what needs no token; None for all else."""
        del request, state, now
        return None

    def admin(self, path: str, document: Any) -> object:  # noqa: ANN401 - JSON of any kind
        """What the vendor's own admin endpoint ``PUT /_sandbox/<path>`` answers.

        Raises:
            LookupError: there is no such endpoint.
            ValueError: the document is not what it takes.
        """
        del document
        raise LookupError(path)

    # What all do.

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        try:
            response = self.handle(Request(environ))
        except DroppedError as error:
            time.sleep(error.seconds)
            raise
        return response(environ, start_response)

    def handle(self, request: Request) -> Response:
        """Serve one request.

        Raises:
            DroppedError: it gets no answer.
        """
        if request.path == HEALTH:
            return Response("ok\n", mimetype="text/plain")
        with self._lock:
            public = self._attempt(lambda now: self.public(request, self.store.document, now))
            if public is not None:
                return public
            known = hmac.compare_digest(self.credential(request).encode(), self._token.encode())
            if request.path.startswith(PREFIX):
                return administer(self, request) if known else as_json({"error": "Not Authorized"}, 401)
            return self._serve(request) if known else self.error(401, "Not Authorized")

    def now(self) -> float:
        """Seconds since 1970."""
        return self._clock()

    def _serve(self, request: Request) -> Response:
        operations = self.operations(request)
        self.total += 1
        self.counts.update(operations)
        limit = self.limit
        if limit is not None and not limit.take(self._clock()):
            return self._limited(limit.wait(self._clock()), limit.headers(self._clock()))
        response = self._faulty(request, self.faults.take(operations))
        if limit is not None:
            response.headers.update(limit.headers(self._clock()))
        return response

    def _faulty(self, request: Request, fault: Fault | None) -> Response:
        kind = None if fault is None else fault.kind
        if fault is None or kind is None:
            return self._work(request)
        if kind is Kind.LIMITED:
            return self._limited(fault.seconds, {})
        if kind is Kind.ERROR:
            return self.error(fault.status, "the fault that was asked for")
        if kind is Kind.TIMEOUT:
            raise DroppedError(fault.seconds)
        if kind is Kind.LOST:
            self._work(request)
            raise DroppedError
        if not self.reads(request):
            return self._work(request)
        then = self._clock() - fault.seconds
        return self.answer(request, self.store.at(then), then)

    def _work(self, request: Request) -> Response:
        try:
            return self._attempt(lambda now: self.answer(request, self.store.document, now))
        except OSError as error:
            # Nothing was done; whoever asked learns why, and the disk may have room later.
            return self.error(500, f"the fake cannot keep its state: {error.strerror}")

    def _attempt(self, work: Callable[[float], _R]) -> _R:
        """Do the work and save what it changed; None says that it had nothing to do."""
        now = self._clock()
        try:
            result = work(now)
        except BaseException:
            self.store.revert()
            raise
        if result is not None:
            self.store.save(now)
        return result

    def _limited(self, seconds: float, headers: Mapping[str, str]) -> Response:
        response = self.error(429, "Too many requests")
        response.headers.update(headers)
        response.headers["Retry-After"] = str(math.ceil(seconds))
        return response
