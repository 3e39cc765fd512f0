"""Serving a fake on loopback: for as long as a block runs, or until SIGTERM."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.loopback import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from wsgiref.types import WSGIEnvironment

    from sandbox.fake.application import Application


class _Handler(WSGIRequestHandler):
    """One line a request is no news; a request without an answer ends its connection."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del code, size

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:
        del error, environ
        # Otherwise it would wait for the connection's next request, and its caller for an answer.
        self.close_connection = True


@contextmanager
def running(application: Application) -> Iterator[str]:
    """The application on a free loopback port, from a thread of this process; gives its URL, without a path.

    Raises:
        OSError: no port is to be had.
    """
    server = make_server(LOOPBACK, 0, application, threaded=True, request_handler=_Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def serve(application: Application, port: int) -> None:
    """Serve on this loopback port until SIGTERM, for a service's own process.

    Raises:
        OSError: the port is taken.
    """
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server(LOOPBACK, port, application, threaded=True, request_handler=_Handler)
    signal.signal(signal.SIGTERM, _stop)
    server.serve_forever()


def _stop(_number: int, _frame: FrameType | None) -> None:
    # Each change has been saved before it was answered: nothing is left to do.
    sys.exit(0)
