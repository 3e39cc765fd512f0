"""The kubelet's endpoint: where the API server reads containers' logs."""

from __future__ import annotations

import datetime as dt
import json
import ssl
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import structlog

from sandbox.credentials import API_CLIENT
from sandbox.node import logs
from sandbox.node.kube import now

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from socket import socket
    from typing import Any

    from sandbox.node.kube import PodRef
    from sandbox.node.settings import Settings

_log = structlog.get_logger()
_LOG_PARTS = 4
#: Seconds that a client may be silent, in the handshake or in the middle of a request.
_SILENT_SECONDS = 30.0
_UNSUPPORTED = frozenset({"exec", "attach", "portForward", "run", "cri"})


class Directory(Protocol):
    """What the endpoint asks the node."""

    def find(self, namespace: str, name: str) -> PodRef | None:
        """The pod of that name that is on this node now."""

    def container_state(self, ref: PodRef, container: str) -> str | None:
        """``running``, ``terminated``, or why it waits; None where there is no such container."""


class RefusalError(Exception):
    """An answer that is no log.

    Attributes:
        status: HTTP status.
        message: one sentence.
    """

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def serve(settings: Settings, directory: Directory) -> ThreadingHTTPServer:
    """Serve on 127.0.0.1 in a thread of its own, for the API server's own client certificate and nobody else's.

    Raises:
        OSError: the port is taken, or a certificate file cannot be read.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=str(settings.client_ca))
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(settings.tls_cert, settings.tls_key)

    class Bound(_Handler):
        """The handler with what it answers from."""

        node = directory
        folder = settings.pod_logs

    server = _Server(("127.0.0.1", settings.listen_port), Bound)
    server.context = context
    threading.Thread(target=server.serve_forever, name="kubelet-api", daemon=True).start()
    return server


class _Server(ThreadingHTTPServer):
    """One thread a connection; the handshake is done in that thread, so that a slow client stops nobody."""

    daemon_threads = True
    context: ssl.SSLContext

    def finish_request(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:  # noqa: ANN401 - as the base class has it
        if isinstance(request, tuple):
            return
        request.settimeout(_SILENT_SECONDS)
        try:
            with self.context.wrap_socket(request, server_side=True) as secure:
                if not _is_api_server(secure.getpeercert()):
                    _log.warning("kubelet_api.stranger", client=client_address)
                    return
                super().finish_request(secure, client_address)
        except OSError as error:
            _log.info("kubelet_api.connection_lost", error=str(error))


class _Handler(BaseHTTPRequestHandler):
    """Answers ``/containerLogs/<namespace>/<pod>/<container>`` and ``/healthz``."""

    protocol_version = "HTTP/1.1"
    node: Directory
    folder: Path

    def do_GET(self) -> None:
        """Answer a read."""
        self._answer()

    def do_POST(self) -> None:
        """Answer exec and its like: not here."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Keep requests out of the node's own log."""

    def _answer(self) -> None:
        url = urlsplit(self.path)
        parts = [unquote(part) for part in url.path.split("/") if part]
        try:
            self._route(parts, parse_qs(url.query))
        except RefusalError as refusal:
            self._text(refusal.status, refusal.message)

    def _route(self, parts: list[str], words: Mapping[str, list[str]]) -> None:
        if parts == ["healthz"]:
            self._text(HTTPStatus.OK, "ok")
            return
        if parts and parts[0] in _UNSUPPORTED:
            raise RefusalError(HTTPStatus.NOT_IMPLEMENTED, f"the sandbox's node does not support {parts[0]}")
        if len(parts) != _LOG_PARTS or parts[0] != "containerLogs":
            raise RefusalError(HTTPStatus.NOT_FOUND, "404 page not found")
        self._logs(parts[1], parts[2], parts[3], words)

    def _logs(self, namespace: str, name: str, container: str, words: Mapping[str, list[str]]) -> None:
        ref = self.node.find(namespace, name)
        state = self.node.container_state(ref, container) if ref else None
        if ref is None or state is None:
            raise RefusalError(HTTPStatus.NOT_FOUND, f'container "{container}" of pod "{name}" is not on this node')
        query = parse(words)
        previous = words.get("previous", [""])[0] == "true"
        path = logs.newest(self.folder, ref, container, previous=previous)
        if path is None:
            kind = "previous terminated container" if previous else "container"
            why = "not found" if previous else f"is waiting to start: {state}"
            raise RefusalError(HTTPStatus.BAD_REQUEST, f'{kind} "{container}" in pod "{name}" {why}')
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for line in logs.read(path, query, lambda: self.node.container_state(ref, container) == "running"):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(line), line))
        self.wfile.write(b"0\r\n\r\n")

    def _text(self, status: HTTPStatus, text: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _is_api_server(certificate: Mapping[str, Any] | None) -> bool:
    """The authority signs servers' certificates too: the name tells who calls."""
    parts = [part for group in (certificate or {}).get("subject", ()) for part in group]
    return ("commonName", API_CLIENT) in parts


def parse(words: Mapping[str, list[str]]) -> logs.Query:
    """The query of a log request.

    Raises:
        RefusalError: a number or a moment is malformed.
    """

    def one(name: str) -> str:
        return words.get(name, [""])[0]

    try:
        since = dt.datetime.fromisoformat(one("sinceTime")) if one("sinceTime") else None
        if one("sinceSeconds"):
            since = now() - dt.timedelta(seconds=int(one("sinceSeconds")))
        return logs.Query(
            tail=int(one("tailLines")) if one("tailLines") else None,
            since=since,
            timestamps=one("timestamps") == "true",
            limit=int(one("limitBytes")) if one("limitBytes") else None,
            follow=one("follow") == "true",
        )
    except ValueError as error:
        raise RefusalError(HTTPStatus.BAD_REQUEST, json.dumps(f"malformed query: {error}")) from error
