"""Answers in JSON."""

from __future__ import annotations

import json

from werkzeug.wrappers import Response


def as_json(document: object, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(json.dumps(document), status, mimetype="application/json")
