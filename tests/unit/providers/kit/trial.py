"""The sample provider on its fake, in one process: operations as the server calls them, without the protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from providers.kit import Call, Created, Handler, Properties, Severity, Stored
from sandbox.fake.application import DroppedError
from sandbox.fake.faults import Fault, Kind
from tests.providers.conformance.sample.fake import Fake
from tests.providers.conformance.sample.provider import make

if TYPE_CHECKING:
    from collections.abc import Callable

SHELF, BOX = "sample:index:Shelf", "sample:index:Box"
_TOKEN = "a token of the sample"  # noqa: S105 - made up


class Wire(httpx.BaseTransport):
    """The fake without a network: what it drops is a connection that ends.

    Attributes:
        fake: the vendor's API.
        after: called after each request with its method, to change what comes next.
    """

    def __init__(self, fake: Fake) -> None:
        self.fake = fake
        self.after: Callable[[str], None] = lambda _method: None
        self._inner = httpx.WSGITransport(app=fake)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Hand it over."""
        try:
            answer = self._inner.handle_request(request)
            answer.read()
        except DroppedError as error:
            raise httpx.RemoteProtocolError("the server gave no answer", request=request) from error
        finally:
            self.after(request.method)
        return answer


@dataclass
class Trial:
    """A fresh fake, and a provider as a new process would have it.

    Attributes:
        fake: the vendor's API.
        said: what the user was told.
    """

    fake: Fake = field(default_factory=lambda: Fake(_TOKEN))
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wire = Wire(self.fake)
        self.restart()

    def restart(self) -> None:
        """Another process: it knows nothing of what this one did."""
        self.provider = make(self.wire)
        self.provider.configure({"token": _TOKEN, "endpoint": "http://sample.example"})

    def handler(self, token: str) -> Handler:
        """The operations on a type."""
        return self.provider.handler(token)

    def call(self, name: str, **more: Any) -> Call:  # noqa: ANN401 - the call's own fields
        """The circumstances of an operation on the resource of this name."""
        return Call(urn=f"urn:{name}", name=name, log=self._listen, **more)

    def create(self, token: str, name: str, inputs: Properties, **more: Any) -> Created:  # noqa: ANN401 - as above
        """Check and make a resource, as an update does."""
        handler, call = self.handler(token), self.call(name, **more)
        checked = handler.check(call, inputs, None)
        assert () == checked.failures
        return handler.create(call, checked.inputs)

    def stored(self, token: str, created: Created, inputs: Properties) -> Stored:
        """The state after a create."""
        return Stored(created.id, self.handler(token).check(self.call(""), inputs, None).inputs, created.outputs)

    def read(self, token: str, stored: Stored) -> Stored:
        """What a refresh finds, which must be something."""
        found = self.handler(token).read(self.call("read"), stored)
        assert found is not None
        return found

    def fault(self, operation: str, kind: Kind, **more: Any) -> None:  # noqa: ANN401 - the fault's own fields
        """Let something go wrong once."""
        self.fake.faults.add(Fault(operation, kind, **more))

    def things(self, kind: str) -> dict[str, Any]:
        """What the fake holds, by id."""
        found: dict[str, Any] = self.fake.store.document[kind]
        return found

    def _listen(self, severity: Severity, message: str) -> None:
        if severity is not Severity.STATUS:
            self.said.append(message)
