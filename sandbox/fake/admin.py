"""The admin endpoints below ``/_sandbox/``: faults, limits, counts and the whole state, for tests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sandbox.fake.answers import as_json
from sandbox.fake.faults import Fault
from sandbox.fake.fields import number
from sandbox.fake.limits import Limit

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from sandbox.fake.application import Application

PREFIX = "/_sandbox/"


def administer(application: Application, request: Request) -> Response:
    """Do what an admin endpoint is asked for: JSON in, JSON out, 404 for another path, 400 for another document."""
    asked = f"{request.method} {request.path.removeprefix(PREFIX)}"
    try:
        document = json.loads(request.get_data() or b"{}")
        if not isinstance(document, dict):
            return as_json({"error": "an object is missing"}, 400)
        return as_json(_do(application, asked, document))
    except LookupError:
        return as_json({"error": f"no such endpoint: {asked}"}, 404)
    except ValueError as error:
        return as_json({"error": str(error)}, 400)


def _do(application: Application, asked: str, document: dict[str, object]) -> object:
    if asked == "POST faults":
        application.faults.add(Fault.read(document))
    elif asked == "DELETE faults":
        application.faults.clear()
    elif asked == "GET requests":
        return {"counts": dict(application.counts), "total": application.total}
    elif asked == "DELETE requests":
        application.counts.clear()
        application.total = 0
    elif asked == "PUT limits":
        application.limit = Limit(int(number(document, "requests")), number(document, "seconds"))
    elif asked == "DELETE limits":
        application.limit = None
    elif asked == "GET state":
        return application.store.document
    elif asked == "PUT state":
        _replace(application, document)
    elif asked.startswith("PUT "):
        return application.admin(asked.removeprefix("PUT "), document)
    else:
        raise LookupError(asked)
    return {}


def _replace(application: Application, document: dict[str, object]) -> None:
    if lacking := sorted(application.initial().keys() - document.keys()):
        raise ValueError(f"missing: {', '.join(lacking)}")
    application.store.replace(document, application.now())
