"""Railway's edge: a request goes to the service whose domain its Host header names, and its deployment answers.

What answers is our own: the few paths of the game's engine that deploys are judged by.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from sandbox.fake.answers import as_json
from sandbox.railway import rollout

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from sandbox.fake.store import Document
    from sandbox.railway.account import Account

HEALTH = "/api/health"
DEEP = "/api/health/deep"
_KEY = "X-Internal-Key"
_VARIABLE = "INTERNAL_KEY"


def serve(account: Account, request: Request) -> Response:
    """The answer of the active deployment; 404 for a host that nobody has, 502 where nothing serves."""
    host = (request.host.rpartition(":")[0] or request.host).lower().removesuffix(".")
    named = [*account.all("customDomains", domain=host), *account.all("serviceDomains", domain=host)]
    if not named:
        return as_json({"status": "error", "code": 404, "message": "Application not found"}, 404)
    active = rollout.serving(account, named[0]["serviceId"], named[0]["environmentId"])
    if not active:
        return as_json({"status": "error", "code": 502, "message": "Application failed to respond"}, 502)
    return _answer(account, active[0], request)


def _answer(account: Account, deployment: Document, request: Request) -> Response:
    told = rollout.behaviour(account.state, deployment["settings"])
    if not told["healthy"]:
        return as_json({"status": "unhealthy"}, 503)
    if request.path == HEALTH:
        return as_json({"status": "ok", "image": deployment["settings"]["source"].get("image")})
    if request.path == DEEP:
        return _deep(account, deployment, request, well=told["deep"])
    return as_json({"detail": "Not Found"}, 404)


def _deep(account: Account, deployment: Document, request: Request, *, well: bool) -> Response:
    # The value that the deployment was started with: another one counts from the next deployment on.
    key = deployment["variables"].get(_VARIABLE, "")
    if not key or not hmac.compare_digest(request.headers.get(_KEY, "").encode(), key.encode()):
        return as_json({"detail": "Unauthorized"}, 401)
    state = "ok" if well else "error"
    return as_json(
        {
            "db": state,
            "llm": state,
            "disk_free_percent": 60.0,
            "memory_percent": 40.0,
            "last_chapter": account.stamp,
        },
        200 if well else 503,
    )
