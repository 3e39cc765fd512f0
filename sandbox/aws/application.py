"""The WSGI application: moto's own, behind a check of the caller, saved after each change."""

from __future__ import annotations

import hmac
import io
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from sandbox.aws import snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from sandbox.aws.snapshot import Snapshot

HEALTH = "/healthz"
_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/")
_FORM = re.compile(rb"(?:^|&)Action=(\w+)")
# Operations that change nothing worth keeping, by AWS' own way of naming them; and REST's.
_READS = re.compile(r"Get|List|Describe|BatchGet|BatchCheck|GET$|HEAD$|OPTIONS$")
_DENIED = b"the access key is not this sandbox's\n"
_log = structlog.get_logger()


@dataclass
class Application:
    """moto for one sandbox.

    Requests are served one at a time: moto's objects are plain Python objects, and a snapshot must not see half a
    change. A change is on disk before its caller hears of it.

    Attributes:
        access_key_id: what a caller's credential must name.
        snapshot: where the state is kept.
        moto: the application that does the work.
    """

    access_key_id: str
    snapshot: Snapshot
    moto: WSGIApplication = field(default_factory=lambda: DomainDispatcherApplication(create_backend_app))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        if environ.get("PATH_INFO") == HEALTH:
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [b"ok\n"]
        if not self._known(environ):
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [_DENIED]
        with self._lock:
            action = _action(environ)
            answer = list(self.moto(environ, start_response))
            if not _READS.match(action):
                self._save()
        return answer

    def _known(self, environ: WSGIEnvironment) -> bool:
        match = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        return match is not None and hmac.compare_digest(match[1].encode(), self.access_key_id.encode())

    def _save(self) -> None:
        try:
            self.snapshot.save(snapshot.capture())
        # A service whose objects cannot be kept is still a service: say so, and go on.
        except Exception as error:  # noqa: BLE001 - moto's objects are of any kind, and so is what goes wrong
            _log.warning("aws.not_saved", reason=str(error))


def _action(environ: WSGIEnvironment) -> str:
    """What is asked for: the operation's name, or the HTTP method where the protocol has no other."""
    target = str(environ.get("HTTP_X_AMZ_TARGET", ""))
    if target:
        return target.rpartition(".")[2]
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        named = _FORM.search(body)
        if named is not None:
            return named[1].decode()
    return str(environ.get("REQUEST_METHOD", ""))
