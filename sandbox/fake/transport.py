"""A fake behind an httpx client without a socket, for unit tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from sandbox.fake.application import DroppedError

if TYPE_CHECKING:
    from sandbox.fake.application import Application


class Transport(httpx.BaseTransport):
    """Answers as the served application does; nobody waits for a time-out, it is raised at once.

    Args:
        application: the fake.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request.

        Raises:
            httpx.ReadTimeout: the fake stays silent.
            httpx.RemoteProtocolError: the fake closes the connection without an answer.
        """
        builder = EnvironBuilder(
            path=request.url.raw_path.decode(),
            base_url=f"{request.url.scheme}://{request.headers['host']}",
            method=request.method,
            headers=list(request.headers.items()),
            data=request.read(),
        )
        try:
            response = self._application.handle(Request(builder.get_environ()))
        except DroppedError as error:
            if error.seconds:
                raise httpx.ReadTimeout("no answer", request=request) from error
            raise httpx.RemoteProtocolError("closed without an answer", request=request) from error
        return httpx.Response(response.status_code, headers=list(response.headers), content=response.get_data())
